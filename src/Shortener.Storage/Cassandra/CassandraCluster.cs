using Cassandra;
using Shortener.Core;

namespace Shortener.Storage.Cassandra;

/// <summary>Connects to a cluster, or says in a sentence for the operator why that cannot be done.</summary>
internal static class CassandraCluster
{
    /// <summary>When a read is sent to a second node as well: later than nearly every answer, sooner than a visitor leaves.</summary>
    private const int SecondNodeAfterMilliseconds = 200;

    /// <summary>A cluster that asks the local data centre's nodes, the replicas first.</summary>
    public static Builder Describe(CassandraSettings settings)
    {
        var builder = Cluster.Builder()
            .AddContactPoints(settings.ContactPoints)
            .WithPort(settings.Port)
            .WithLoadBalancingPolicy(new TokenAwarePolicy(new DCAwareRoundRobinPolicy(settings.LocalDatacenter)))
            .WithSpeculativeExecutionPolicy(new ConstantSpeculativeExecutionPolicy(SecondNodeAfterMilliseconds, 1))
            .WithReconnectionPolicy(new ExponentialReconnectionPolicy(200, 10_000))
            .WithSocketOptions(new SocketOptions().SetConnectTimeoutMillis((int)settings.RequestTimeout.TotalMilliseconds));
        if (settings.Username.Length > 0) builder.WithCredentials(settings.Username, settings.Password);
        if (settings.Tls) builder.WithSSL();
        return builder;
    }

    /// <summary>Connects, to a keyspace where one is named.</summary>
    /// <exception cref="StoreException">The message says what to do.</exception>
    public static async Task<ISession> ConnectAsync(Cluster cluster, CassandraSettings settings, string? keyspace)
    {
        try
        {
            return keyspace is null ? await cluster.ConnectAsync() : await cluster.ConnectAsync(keyspace);
        }
        catch (InvalidQueryException error) when (keyspace is not null)
        {
            throw new StoreException(
                StoreFailure.Unavailable, $"Cassandra has no keyspace '{keyspace}': run 'shortener migrate' with the same settings first.", error);
        }
        catch (Exception error) when (error is DriverException or System.Net.Sockets.SocketException or ArgumentException)
        {
            throw new StoreException(
                StoreFailure.Unavailable,
                $"Cassandra cannot be reached at {string.Join(", ", settings.ContactPoints)}, port {settings.Port} ({error.Message}): " +
                "start it, or correct Shortener:Cassandra.",
                error);
        }
    }
}
