using System.Net;
using Xunit.Sdk;

namespace Shortener.Tests.Servers;

/// <summary>
/// Three Cassandra nodes, numbered 1 to 3, that tests may kill and stop; the fixture of <see cref="Collection"/>, whose tests run
/// one after the other and beside no others. Tests are skipped where <c>./test</c> found no Cassandra.
/// </summary>
public sealed class CassandraRing : IAsyncLifetime
{
    /// <summary>The name of the collection.</summary>
    public const string Collection = "Cassandra ring";

    private CassandraNodes? _nodes;

    /// <summary>Where each speaks CQL.</summary>
    internal IReadOnlyList<IPEndPoint> EndPoints => Nodes.EndPoints;

    private CassandraNodes Nodes => _nodes ?? throw SkipException.ForSkip(CassandraNodes.WhyNot!);

    public async ValueTask InitializeAsync()
    {
        // A fixture that skips here would fail its tests: those that use it skip.
        if (CassandraNodes.WhyNot is null) _nodes = await CassandraNodes.StartAsync(3, lastByte: 101);
    }

    /// <summary>kill -9.</summary>
    internal Task KillAsync(int node) => Nodes.RunAsync("kill", $"{node}");

    /// <summary>SIGSTOP: connections stay open, nothing answers.</summary>
    internal Task PauseAsync(int node) => Nodes.RunAsync("pause", $"{node}");

    /// <summary>SIGCONT.</summary>
    internal Task ResumeAsync(int node) => Nodes.RunAsync("resume", $"{node}");

    /// <summary>Starts a killed node again with the data that it had, and waits until it answers.</summary>
    internal Task RestartAsync(int node) => Nodes.RunAsync("restart", $"{node}");

    /// <summary>Whatever the tests before have done: all three answer. To begin a test with.</summary>
    internal Task HealAsync() => Nodes.RunAsync("restart", "1", "2", "3");

    public async ValueTask DisposeAsync()
    {
        if (_nodes is not null) await _nodes.DisposeAsync();
    }
}

[CollectionDefinition(CassandraRing.Collection, DisableParallelization = true)]
public sealed class CassandraRingDefinition : ICollectionFixture<CassandraRing>;
