using System.Net;
using System.Net.Sockets;

namespace Shortener.Tests.Servers;

/// <summary>What eng/cassandra says when it cannot do what it is asked.</summary>
public sealed class CassandraScriptTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("start takes a number of nodes from 1 to 4, not '5'", "start", "5")]
    [InlineData("takes a loopback address from 127.0.0.1 to 127.255.255.250, not '10.1.1.1'", "--base", "10.1.1.1", "start")]
    [InlineData("--port takes a number from 1 to 65534, not '65535'", "--port", "65535", "start")]
    [InlineData("there is no ring in", "kill", "1")]
    [InlineData("'stat' is unknown", "stat")]
    [InlineData("'--ports' is unknown", "--ports", "1")]
    [InlineData("--base needs a value", "--base")]
    public Task A_wrong_command_line_is_told(string sentence, params string[] arguments) => AssertFailsAsync(sentence, arguments);

    [Fact]
    public async Task A_port_in_use_is_told()
    {
        SkipWithoutCassandra();
        var address = CassandraNodes.BaseAddress(lastByte: 201);
        using var other = new TcpListener(IPAddress.Parse(address), 9042);
        other.Start();

        await AssertFailsAsync($"port 9042 of {address} is in use", ["--base", address, "start"]);
    }

    [Fact]
    public async Task A_node_that_ends_while_it_starts_is_told_with_the_end_of_its_log()
    {
        SkipWithoutCassandra();
        await PretendLibrariesAsync();

        var output = await AssertFailsAsync(
            "node 1 ended while it started; its log ends with:", ["--base", CassandraNodes.BaseAddress(lastByte: 202), "start"],
            ("CASSANDRA_HOME", _directory.Path));

        Assert.Contains("jamm-0.0.jar", output, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_folder_without_cassandra_is_told() =>
        AssertFailsAsync($"no Cassandra 5 in {_directory.Path}/lib", ["--home", _directory.Path, "check"]);

    [Fact]
    public async Task Java_17_is_asked_for_by_name()
    {
        await PretendLibrariesAsync();
        File.CreateSymbolicLink(_directory.File("java"), "/bin/echo");

        await AssertFailsAsync(
            "needs Java 17, and there is none; on Debian and Ubuntu: apt-get install openjdk-17-jre-headless", ["check"],
            ("CASSANDRA_HOME", _directory.Path), ("JAVA_HOME", ""), ("JVM_FOLDER", _directory.Path),
            ("PATH", $"{_directory.Path}:{Environment.GetEnvironmentVariable("PATH")}"));
    }

    private static void SkipWithoutCassandra()
    {
        if (CassandraNodes.WhyNot is { } reason) Assert.Skip(reason);
    }

    private async Task PretendLibrariesAsync()
    {
        Directory.CreateDirectory(_directory.File("lib"));
        foreach (var jar in new[] { "apache-cassandra-5.0.0.jar", "jamm-0.0.jar" })
            await File.WriteAllTextAsync(_directory.File($"lib/{jar}"), "no archive");
    }

    private async Task<string> AssertFailsAsync(string sentence, string[] arguments, params (string, string)[] environment)
    {
        var (exitCode, output) = await CassandraNodes.ScriptAsync(["--data", _directory.File("ring"), .. arguments], environment);
        Assert.Equal(1, exitCode);
        Assert.Contains("cassandra: ", output, StringComparison.Ordinal);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        return output;
    }
}
