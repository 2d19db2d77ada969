using Cassandra.Protocol;

namespace Cassandra;

/// <summary>Several writes in one request. With conditions it is one conditional write, all of one partition.</summary>
public class BatchStatement : Statement
{
    private readonly List<Statement> _statements = [];
    private RoutingKey? _routingKey;
    private string? _keyspace;

    /// <summary>What it promises; <see cref="BatchType.Logged"/> unless set.</summary>
    public BatchType BatchType { get; private set; } = BatchType.Logged;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _statements.Count == 0;

    /// <summary>What is in it.</summary>
    public IEnumerable<IStatement> Statements => _statements;

    /// <summary>Its own, or else the first that one of its statements has.</summary>
    public override RoutingKey? RoutingKey =>
        _routingKey ?? _statements.Select(statement => statement.RoutingKey).FirstOrDefault(key => key is not null);

    /// <summary>Its own, or else the first that one of its statements has.</summary>
    public override string? Keyspace =>
        _keyspace ?? _statements.Select(statement => statement.Keyspace).FirstOrDefault(keyspace => keyspace is not null);

    /// <summary>Adds a write.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are 65,535 already, as many as the protocol can count.</exception>
    public BatchStatement Add(Statement statement)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(_statements.Count, ushort.MaxValue, nameof(statement));
        _statements.Add(statement);
        return this;
    }

    /// <summary>Sets <see cref="BatchType"/>.</summary>
    public BatchStatement SetBatchType(BatchType batchType)
    {
        BatchType = batchType;
        return this;
    }

    /// <summary>Sets the keyspace by which replicas are found.</summary>
    public BatchStatement SetKeyspace(string name)
    {
        _keyspace = name;
        return this;
    }

    /// <summary>Sets the partition key by its columns' bytes.</summary>
    public BatchStatement SetRoutingKey(params RoutingKey[] routingKeyComponents)
    {
        _routingKey = RoutingKey.Compose(routingKeyComponents);
        return this;
    }

    /// <summary>Sets the partition key by its columns' values.</summary>
    public BatchStatement SetRoutingValues(params object[] keys)
    {
        _routingKey = RoutingKey.Compose(keys);
        return this;
    }

    internal override EncodedRequest Encode(ExecutionParameters parameters)
    {
        if (IsEmpty) throw new RequestInvalidException("A batch without statements");
        var body = new BodyWriter();
        body.Byte((byte)BatchType);
        body.Short(_statements.Count);
        foreach (var statement in _statements) statement.WriteInBatch(body);
        parameters.WriteForBatch(body);
        return new EncodedRequest(Opcode.Batch, body.Written);
    }

    internal override void WriteInBatch(BodyWriter body) => throw new NotSupportedException("A batch cannot have a batch in it");
}
