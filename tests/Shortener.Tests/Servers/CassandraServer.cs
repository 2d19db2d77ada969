using System.Net;
using Xunit.Sdk;

namespace Shortener.Tests.Servers;

/// <summary>
/// The Cassandra node that tests share, each in keyspaces of its own: <c>SHORTENER_TEST_CASSANDRA</c>'s, or one of this run.
/// A class that needs it takes it as a parameter of its constructor; then <see cref="ServerTestFramework"/> starts it in the
/// background when the run begins. Tests are skipped where <c>./test</c> found no Cassandra.
/// The node ends with the run, by <see cref="ServerReaper"/>.
/// </summary>
public sealed class CassandraServer
{
    private static readonly string? Running = Environment.GetEnvironmentVariable("SHORTENER_TEST_CASSANDRA");

    private readonly Lazy<Task<CassandraNodes>> _node = new(() => CassandraNodes.StartAsync(1, lastByte: 1));

    /// <summary>The runner makes the one of the run before the first test, and does not wait for what begins here.</summary>
    public CassandraServer()
    {
        if (IsNeeded && Running is null && CassandraNodes.WhyNot is null) _ = _node.Value;
    }

    /// <summary>Whether a test that is about to run takes it.</summary>
    internal static bool IsNeeded { get; set; }

    /// <summary>Where it speaks CQL, when it does; skips the test where there is none.</summary>
    internal async Task<IPEndPoint> EndPointAsync()
    {
        if (Running is not null) return await ResolveAsync(Running);
        if (CassandraNodes.WhyNot is { } reason) throw SkipException.ForSkip(reason);
        return (await _node.Value).EndPoints[0];
    }

    /// <summary>A name that no other test uses, also where runs share a node. Whoever makes the keyspace drops it.</summary>
    internal static string NewKeyspaceName() => $"test_{Guid.NewGuid():n}";

    private static async Task<IPEndPoint> ResolveAsync(string hostAndPort)
    {
        var address = new Uri($"cql://{hostAndPort}");
        return new IPEndPoint((await Dns.GetHostAddressesAsync(address.Host))[0], address.Port);
    }
}
