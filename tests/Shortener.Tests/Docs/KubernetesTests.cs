using System.Net;
using System.Text.RegularExpressions;
using Shortener.Server.Settings;
using Shortener.Tests.Server;

namespace Shortener.Tests.Docs;

public partial class KubernetesTests
{
    private static readonly string Manifest = File.ReadAllText(Repository.Path("k8s", "embedded", "statefulset.yaml"));

    [Fact]
    public void Every_setting_in_the_manifest_exists()
    {
        var known = SettingsReader.List(new ShortenerOptions()).Select(setting => setting.EnvironmentVariable).ToHashSet();
        var named = SettingName().Matches(Manifest).Select(match => match.Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, known));
    }

    [Fact]
    public async Task Every_probe_is_answered()
    {
        await using var server = await RunningServer.StartAsync();
        var paths = ProbePath().Matches(Manifest).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2, paths.Count);
        foreach (var path in paths)
        {
            using var answer = await server.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public void A_stop_has_more_time_than_the_service_takes()
    {
        var grace = int.Parse(GracePeriod().Match(Manifest).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(TimeSpan.FromSeconds(grace) > new ShortenerOptions().Server.ShutdownTimeout);
    }

    [GeneratedRegex("Shortener__[A-Za-z_]+")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"httpGet:\s+path: (\S+)")]
    private static partial Regex ProbePath();

    [GeneratedRegex(@"terminationGracePeriodSeconds: (\d+)")]
    private static partial Regex GracePeriod();
}
