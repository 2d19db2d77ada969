using Cassandra.Protocol;
using Cassandra.Types;

namespace Cassandra;

/// <summary>A CQL text with values for its ? or :name variables. A number needs exactly the column's size; see the README.</summary>
public class SimpleStatement : RegularStatement
{
    private readonly string[]? _names;
    private string _query = "";
    private string? _keyspace;
    private RoutingKey? _routingKey;

    /// <summary>Without a text, which <see cref="SetQueryString"/> gives.</summary>
    public SimpleStatement()
    {
    }

    /// <summary>A text without variables.</summary>
    public SimpleStatement(string query) => _query = query;

    /// <summary>A text and the values of its ? variables.</summary>
    public SimpleStatement(string query, params object?[] values)
    {
        _query = query;
        QueryValues = values;
    }

    /// <summary>A text and the values of its :name variables.</summary>
    public SimpleStatement(IDictionary<string, object?> valuesDictionary, string query)
    {
        _query = query;
        _names = [.. valuesDictionary.Keys];
        QueryValues = [.. valuesDictionary.Values];
    }

    /// <inheritdoc/>
    public override string QueryString => _query;

    /// <inheritdoc/>
    public override RoutingKey? RoutingKey => _routingKey;

    /// <inheritdoc/>
    public override string? Keyspace => _keyspace;

    /// <summary>Sets the text.</summary>
    public SimpleStatement SetQueryString(string queryString)
    {
        _query = queryString;
        return this;
    }

    /// <summary>Sets the keyspace by which replicas are found. The text is run in the session's own.</summary>
    public SimpleStatement SetKeyspace(string name)
    {
        _keyspace = name;
        return this;
    }

    /// <summary>Sets the partition key by its columns' bytes.</summary>
    public SimpleStatement SetRoutingKey(params RoutingKey[] routingKeyComponents)
    {
        _routingKey = RoutingKey.Compose(routingKeyComponents);
        return this;
    }

    /// <summary>Sets the partition key by its columns' values.</summary>
    public SimpleStatement SetRoutingValues(params object[] keys)
    {
        _routingKey = RoutingKey.Compose(keys);
        return this;
    }

    internal override EncodedRequest Encode(ExecutionParameters parameters)
    {
        var body = new BodyWriter();
        body.LongString(_query);
        parameters.WriteForQuery(body, QueryValues.Length, _names is not null, WriteValues);
        return new EncodedRequest(Opcode.Query, body.Written);
    }

    internal override void WriteInBatch(BodyWriter body)
    {
        if (_names is not null) throw new NotSupportedException("A batch cannot have values by name (CASSANDRA-10246)");
        body.Byte(0);
        body.LongString(_query);
        body.Short(QueryValues.Length);
        WriteValues(body);
    }

    private void WriteValues(BodyWriter body)
    {
        for (var i = 0; i < QueryValues.Length; i++)
        {
            if (_names is not null) body.String(_names[i]);
            CodecByValue.Of(QueryValues[i]).WriteValue(QueryValues[i], body);
        }
    }
}
