using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Shortener.Tests.Server.Processes;

public sealed class StartTests
{
    [Fact]
    public async Task The_printed_line_makes_a_link_that_is_followed_and_both_survive_a_second_start()
    {
        using var directory = new TemporaryDirectory();
        string key, shortPath;
        await using (var first = await ServerProcess.StartAsync(directory.Path))
        {
            Assert.Single(Regex.Matches(first.Output, "^  shrt_", RegexOptions.Multiline));
            var made = await BashAsync(first.Output.Split('\n').Single(line => line.Contains("curl -s", StringComparison.Ordinal)).Trim());
            var shortUrl = new Uri(Regex.Match(made, "\"shortUrl\":\"([^\"]+)\"").Groups[1].Value);
            Assert.StartsWith("HTTP/1.1 302", await BashAsync($"curl -si {shortUrl}"));
            (key, shortPath) = (first.Key!, shortUrl.AbsolutePath);
            Assert.Equal(0, await first.StopAsync());
        }

        await using (var second = await ServerProcess.StartAsync(directory.Path))
        {
            Assert.Null(second.Key);
            Assert.StartsWith("HTTP/1.1 302", await BashAsync($"curl -si {new Uri(second.Address, shortPath)}"));
            Assert.StartsWith("HTTP/1.1 200", await BashAsync($"curl -si -H 'X-Api-Key: {key}' {new Uri(second.Address, Api.Links)}"));
        }

        await using var third = await ServerProcess.StartAsync(directory.Path, "Access:NewAdminKey=true");
        Assert.NotEqual(key, third.Key);
        Assert.StartsWith("HTTP/1.1 200", await BashAsync($"curl -si -H 'Authorization: Bearer {third.Key}' {new Uri(third.Address, Api.Keys)}"));
        Assert.StartsWith("HTTP/1.1 200", await BashAsync($"curl -si -H 'X-Api-Key: {key}' {new Uri(third.Address, Api.Keys)}"));
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_a_sentence()
    {
        using var directory = new TemporaryDirectory();
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var sentences = await FailingStartAsync(directory.Path, port);
        Assert.Contains($"{port}", Assert.Single(sentences), StringComparison.Ordinal);
        Assert.Contains("--port", sentences[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_in_a_sentence()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.File("file"), "");
        var below = directory.File("file/below");
        var sentence = Assert.Single(await FailingStartAsync(below));
        Assert.Contains(below, sentence, StringComparison.Ordinal);
        Assert.Contains("cannot be written", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_in_use_is_told_in_a_sentence()
    {
        using var directory = new TemporaryDirectory();
        await using var first = await ServerProcess.StartAsync(directory.Path);
        Assert.Contains("in use by another", Assert.Single(await FailingStartAsync(directory.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_wrong_setting_is_told_at_once()
    {
        using var directory = new TemporaryDirectory();
        var sentences = await FailingStartAsync(
            directory.Path, 0, "Keys:Length=5", "Keys:Lenght=7", "Links:DefaultLifetime=two years", "Connections:InlineScheduling=maybe");
        Assert.Equal(4, sentences.Count);
        foreach (var name in new[] { "Keys:Length is 5", "Keys:Lenght is no setting", "DefaultLifetime is 'two years'", "InlineScheduling is 'maybe'" })
            Assert.Contains(sentences, sentence => sentence.Contains(name, StringComparison.Ordinal));
        var roles = Assert.Single(await FailingStartAsync(directory.Path, 0, "Roles=redirect,management"));
        Assert.Contains("write all", roles, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_would_have_no_effect_are_told_with_the_settings_that_are_wrong()
    {
        using var directory = new TemporaryDirectory();
        var sentences = await FailingStartAsync(directory.Path, 0, "--Shortner:Keys:Length=8", "--port=1", "--", "-x=1", "Keys:Length=5");
        Assert.Equal(4, sentences.Count);
        foreach (var name in new[] { "--Shortner:Keys:Length is no setting", "--port is no setting", "-- is no setting", "Keys:Length is 5" })
            Assert.Contains(sentences, sentence => sentence.Contains(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--Logging:LogLevel:Default=Foo", "Logging:LogLevel:Default is 'Foo': write one of Trace, Debug, Information")]
    [InlineData("--Logging:Console:LogLevel:Microsoft.AspNetCore=9", "Logging:Console:LogLevel:Microsoft.AspNetCore is '9': write one of")]
    [InlineData("--Logging:CaptureScopes=perhaps", "'Logging:CaptureScopes'")]
    [InlineData("--Logging:Console:MaxQueueLength=x", "'MaxQueueLength'")]
    [InlineData("--Kestrel:Endpoints:Web:Url=x", "Invalid url: 'x'")]
    [InlineData("--Kestrel:Endpoints:Web:Protocols=Http1", "'Url'")]
    [InlineData("--contentRoot=/no/such/folder", "/no/such/folder")]
    public async Task A_setting_of_aspnet_that_is_wrong_is_told_in_a_sentence(string argument, string advice)
    {
        using var directory = new TemporaryDirectory();
        Assert.Contains(advice, Assert.Single(await FailingStartAsync(directory.Path, 0, argument)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_levels_are_read_whatever_their_case()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(directory.Path, "--Logging:LogLevel:Default=warning", "--Logging:LogLevel:X=");
        Assert.NotNull(server.Key);
    }

    private static async Task<List<string>> FailingStartAsync(string directory, int port = 0, params string[] settings)
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(directory, port, settings);
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
        Assert.DoesNotContain("shrt_", output, StringComparison.Ordinal);
        return [.. output.Split('\n').Where(line => line.Length > 0)];
    }

    private static async Task<string> BashAsync(string command)
    {
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return output;
    }
}
