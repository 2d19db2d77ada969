using Cassandra.Protocol;

namespace Cassandra;

/// <summary>A prepared statement with values.</summary>
public class BoundStatement : Statement
{
    private RoutingKey? _routingKey;

    /// <summary>Without values: all variables are unset.</summary>
    public BoundStatement(PreparedStatement statement)
        : this(statement, [])
    {
    }

    internal BoundStatement(PreparedStatement statement, object?[] values)
    {
        var variables = statement.Variables.Columns.Length;
        if (values.Length > variables)
            throw new ArgumentException($"{values.Length} values for {variables} variables of {statement.QueryString}", nameof(values));
        PreparedStatement = statement;
        QueryValues = values;
        if (statement.ConsistencyLevel is { } level) SetConsistencyLevel(level);
        if (statement.IsIdempotent is { } idempotent) SetIdempotence(idempotent);
    }

    /// <summary>What it was bound from.</summary>
    public PreparedStatement PreparedStatement { get; }

    /// <inheritdoc/>
    public override RoutingKey? RoutingKey => _routingKey ??= FindRoutingKey();

    /// <inheritdoc/>
    public override string? Keyspace => PreparedStatement.Variables.Columns is [var first, ..] ? first.Keyspace : null;

    /// <summary>Sets the partition key by its columns' bytes, where it cannot be told from the values.</summary>
    public BoundStatement SetRoutingKey(params RoutingKey[] routingKeyComponents)
    {
        _routingKey = RoutingKey.Compose(routingKeyComponents);
        return this;
    }

    /// <summary>The CQL text.</summary>
    public override string ToString() => PreparedStatement.QueryString;

    internal override EncodedRequest Encode(ExecutionParameters parameters)
    {
        var body = new BodyWriter();
        body.ShortBytes(PreparedStatement.Id);
        parameters.WriteForQuery(body, PreparedStatement.Variables.Columns.Length, named: false, WriteValues);
        return new EncodedRequest(Opcode.Execute, body.Written);
    }

    internal override void WriteInBatch(BodyWriter body)
    {
        body.Byte(1);
        body.ShortBytes(PreparedStatement.Id);
        body.Short(PreparedStatement.Variables.Columns.Length);
        WriteValues(body);
    }

    private void WriteValues(BodyWriter body)
    {
        foreach (var variable in PreparedStatement.Variables.Columns)
        {
            try
            {
                variable.Codec.WriteValue(variable.Index < QueryValues.Length ? QueryValues[variable.Index] : Unset.Value, body);
            }
            catch (InvalidTypeException exception)
            {
                throw new InvalidTypeException($"Variable {variable.Name} of {PreparedStatement.QueryString}: {exception.Message}");
            }
        }
    }

    private RoutingKey? FindRoutingKey()
    {
        var parts = new List<byte[]>();
        foreach (var index in PreparedStatement.RoutingIndexes)
        {
            var value = index < QueryValues.Length ? QueryValues[index] : null;
            if (value is null or Unset) return null;
            parts.Add(PreparedStatement.Variables.Columns[index].Codec.Encode(value));
        }

        return RoutingKey.Compose(parts);
    }
}
