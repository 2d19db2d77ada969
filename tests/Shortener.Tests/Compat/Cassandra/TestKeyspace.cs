using Cassandra;
using Shortener.Tests.Servers;

namespace Shortener.Tests.Compat.Cassandra;

/// <summary>A keyspace of its own on the node that tests share, with a session in it.</summary>
internal sealed class TestKeyspace(CassandraServer server) : IAsyncLifetime
{
    private readonly string _name = CassandraServer.NewKeyspaceName();
    private Cluster? _cluster;
    private ISession? _session;

    public ISession Session => _session ?? throw new InvalidOperationException("There is no server.");

    public string Name => _name;

    public async ValueTask InitializeAsync()
    {
        _cluster = Cluster.Builder()
            .AddContactPoint(await server.EndPointAsync())
            .WithApplicationName("Shortener tests")
            .WithLoadBalancingPolicy(new TokenAwarePolicy(new DCAwareRoundRobinPolicy()))
            // A busy machine keeps these.
            .WithSocketOptions(new SocketOptions().SetConnectTimeoutMillis(20_000).SetReadTimeoutMillis(20_000))
            .Build();
        using var setup = await _cluster.ConnectAsync();
        await setup.ExecuteAsync(new SimpleStatement(
            $"CREATE KEYSPACE {_name} WITH replication = {{'class': 'SimpleStrategy', 'replication_factor': 1}}"));
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
