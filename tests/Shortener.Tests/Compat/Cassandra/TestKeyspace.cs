using Cassandra;

namespace Shortener.Tests.Compat.Cassandra;

/// <summary>A keyspace of its own for each test class, with a session in it.</summary>
public sealed class TestKeyspace : IAsyncLifetime
{
    private readonly string _name = $"test_{Guid.CreateVersion7():N}";
    private Cluster? _cluster;
    private ISession? _session;

    public ISession Session => _session ?? throw new InvalidOperationException("There is no server.");

    public string Name => _name;

    public async ValueTask InitializeAsync()
    {
        _cluster = TestServer.Builder().Build();
        using var setup = await _cluster.ConnectAsync();
        await setup.ExecuteAsync(new SimpleStatement(
            $"CREATE KEYSPACE {_name} WITH replication = {{'class': 'NetworkTopologyStrategy', 'dc1': 1}}"));
        _session = await _cluster.ConnectAsync(_name);
    }

    public async Task<RowSet> ExecuteAsync(string query, params object?[] values) =>
        await Session.ExecuteAsync(new SimpleStatement(query, values));

    public async ValueTask DisposeAsync()
    {
        if (_session is not null) await _session.ExecuteAsync(new SimpleStatement($"DROP KEYSPACE {_name}"));
        if (_cluster is not null) await _cluster.ShutdownAsync();
    }
}
