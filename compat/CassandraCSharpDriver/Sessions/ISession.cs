namespace Cassandra;

/// <summary>Executes statements on a cluster, for any number of callers at once. One for the life of a process.</summary>
public interface ISession : IDisposable
{
    /// <summary>The protocol's version.</summary>
    int BinaryProtocolVersion { get; }

    /// <summary>The cluster.</summary>
    ICluster Cluster { get; }

    /// <summary>Whether it is closed.</summary>
    bool IsDisposed { get; }

    /// <summary>Its keyspace, or null.</summary>
    string? Keyspace { get; }

    /// <summary>Executes a statement. The first page of its rows comes with the result.</summary>
    /// <exception cref="NoHostAvailableException">No host could take it.</exception>
    /// <exception cref="OperationTimedOutException">A host did not answer in time; a write may be done.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The connection was lost after it was sent; a write may be done.</exception>
    /// <exception cref="DriverException">A server answered with an error.</exception>
    Task<RowSet> ExecuteAsync(IStatement statement);

    /// <summary>Has the servers parse a statement.</summary>
    /// <exception cref="NoHostAvailableException">No host could take it.</exception>
    /// <exception cref="DriverException">A server answered with an error.</exception>
    Task<PreparedStatement> PrepareAsync(string cqlQuery);

    /// <summary>Closes its connections. Requests in flight fail.</summary>
    Task ShutdownAsync();

    /// <summary>As <see cref="ExecuteAsync"/>, and blocks the thread until it is done: for scripts, not for servers.</summary>
    RowSet Execute(IStatement statement);

    /// <summary>As <see cref="ExecuteAsync"/>, and blocks the thread until it is done: for scripts, not for servers.</summary>
    RowSet Execute(string cqlQuery);
}
