using System.Text.Json;
using Shortener.Core.Visits.Agents;

namespace Shortener.Tests.Core.Visits.Agents;

/// <summary>How often agents are read rightly, in the public collections that <c>eng/visit-data</c> fetches.</summary>
public class UserAgentMeasurements(ITestOutputHelper output)
{
    /// <summary>The browsers that people use most, in uap-core's words, which tell phones' apart, and in ours.</summary>
    private static readonly Dictionary<string, string> MostUsed = new()
    {
        ["Chrome"] = "Chrome", ["Chrome Mobile"] = "Chrome", ["Chrome Mobile iOS"] = "Chrome",
        ["Safari"] = "Safari", ["Mobile Safari"] = "Safari",
        ["Edge"] = "Edge", ["Edge Mobile"] = "Edge",
        ["Firefox"] = "Firefox", ["Firefox Mobile"] = "Firefox", ["Firefox iOS"] = "Firefox", ["Firefox Beta"] = "Firefox",
        ["Samsung Internet"] = "Samsung Internet",
        ["Opera"] = "Opera", ["Opera Mobile"] = "Opera", ["Opera Mini"] = "Opera", ["Opera Tablet"] = "Opera",
        ["Opera Coast"] = "Opera", ["Opera Neon"] = "Opera",
    };

    /// <summary>Other browsers, and apps with one inside, that uap-core tells the name of.</summary>
    private static readonly string[] OtherBrowsers =
    [
        "Amazon Silk", "Android", "AOL", "Avant", "Baidu Browser", "Basilisk", "BlackBerry", "BlackBerry WebKit", "Bon Echo",
        "Brave", "Camino", "Chimera", "Chrome Frame", "Chrome Mobile WebView", "Chromium", "Coc Coc", "Comodo Dragon",
        "Conkeror", "Crazy Browser", "Crosswalk", "Dillo", "Dolphin", "DuckDuckGo Mobile", "ELinks", "Epiphany", "Facebook",
        "Facebook Messenger", "Firefox (Shiretoko)", "Flipboard", "Galeon", "Google", "ICE Browser", "IE", "IE Large Screen",
        "IE Mobile", "iBrowser Mini", "iCab", "IceCat", "Instagram", "iRider", "Iron", "K-Meleon", "Kindle", "Konqueror",
        "LINE", "Links", "Lunascape", "Lynx", "Mail.ru Chromium Browser", "Maxthon", "Midori", "Mint Browser", "MiuiBrowser",
        "Mobile Safari UI/WKWebView", "MyIE2", "NCSA Mosaic", "NetFront", "NetFront NX", "Netscape", "Nokia Browser",
        "Nokia OSS Browser", "Obigo", "OmniWeb", "Otter", "Ovi Browser", "Pale Moon", "Phoenix", "Pinterest", "Puffin",
        "QQ Browser", "QQ Browser Mini", "QQ Browser Mobile", "QupZilla", "qutebrowser", "Rekonq", "RockMelt",
        "Sailfish Browser", "SeaMonkey", "Seznam prohlížeč", "Shiira", "Sleipnir", "Snapchat", "Teleca Browser",
        "Tenta Browser", "Twitter", "UC Browser", "UP.Browser", "Vivaldi", "Waterfox", "webOS Browser", "Whale",
        "Yandex Browser",
    ];

    private static readonly Dictionary<string, string> Systems = new()
    {
        ["Windows"] = "Windows", ["Mac OS X"] = "macOS", ["iOS"] = "iOS", ["Android"] = "Android", ["Linux"] = "Linux",
        ["Ubuntu"] = "Linux", ["Fedora"] = "Linux", ["CentOS"] = "Linux", ["Debian"] = "Linux", ["Gentoo"] = "Linux",
        ["Linux Mint"] = "Linux", ["Mandriva"] = "Linux", ["PCLinuxOS"] = "Linux", ["Red Hat"] = "Linux", ["Slackware"] = "Linux",
    };

    private static readonly string[] AgentFiles =
    [
        "tests/test_ua.yaml", "test_resources/firefox_user_agent_strings.yaml",
        "test_resources/opera_mini_user_agent_strings.yaml", "test_resources/pgts_browser_list.yaml",
    ];

    [Fact]
    public void Of_crawler_user_agents_instances_97_of_100_are_bots()
    {
        using var patterns = JsonDocument.Parse(File.ReadAllBytes(
            VisitData.File("crawler-user-agents/crawler-user-agents.json")));
        var instances = patterns.RootElement.EnumerateArray()
            .SelectMany(pattern => pattern.TryGetProperty("instances", out var all) ? all.EnumerateArray() : default)
            .Select(instance => instance.GetString()!).ToList();
        Assert.InRange(instances.Count, 2_000, int.MaxValue);

        AssertMost(0.97, instances, agent => UserAgent.Parse(agent).IsBot, agent => agent);
    }

    /// <summary>
    /// Browser cases are, of the files that uap-core tests its browser patterns with, those whose family is a browser by the
    /// lists above: the others are crawlers, libraries, mail and podcast programs, or unknown to uap-core as well. Apart from
    /// them are counted those cases of its device tests that are no <c>Spider</c> and have a browser's form, which begins with
    /// Mozilla or Opera; what has not is mostly an app's own name, or a phone's.
    /// </summary>
    [Fact]
    public void Of_uap_cores_browser_cases_one_of_200_at_most_is_called_a_bot()
    {
        var browsers = AgentFiles.SelectMany(UapCore.Cases)
            .Where(tested => MostUsed.ContainsKey(tested.Family) || OtherBrowsers.Contains(tested.Family)).ToList();
        var devices = UapCore.Cases("tests/test_device.yaml").Where(tested => tested.Family != "Spider"
            && (tested.Agent.StartsWith("Mozilla/", StringComparison.Ordinal)
                || tested.Agent.StartsWith("Opera/", StringComparison.Ordinal))).ToList();
        Assert.InRange(browsers.Count, 10_000, int.MaxValue);
        Assert.InRange(devices.Count, 9_000, int.MaxValue);

        AssertMost(0.995, browsers, tested => !UserAgent.Parse(tested.Agent).IsBot, tested => tested.Agent);
        AssertMost(0.995, devices, tested => !UserAgent.Parse(tested.Agent).IsBot, tested => tested.Agent);
    }

    [Theory]
    [InlineData("tests/test_ua.yaml", 60)]
    [InlineData("test_resources/firefox_user_agent_strings.yaml", 180)]
    [InlineData("test_resources/opera_mini_user_agent_strings.yaml", 200)]
    [InlineData("test_resources/pgts_browser_list.yaml", 2_500)]
    public void The_family_of_the_most_used_browsers_is_right_in_98_of_100(string file, int least)
    {
        var cases = UapCore.Cases(file).Where(tested => MostUsed.ContainsKey(tested.Family)).ToList();
        Assert.InRange(cases.Count, least, int.MaxValue);

        AssertMost(
            0.98, cases, tested => UserAgent.Parse(tested.Agent).Browser == MostUsed[tested.Family], tested => tested.Agent);
    }

    /// <summary>The names of Linux distributions count as Linux.</summary>
    [Fact]
    public void The_system_is_right_in_98_of_100()
    {
        var cases = UapCore.Cases("tests/test_os.yaml").Concat(UapCore.Cases("test_resources/additional_os_tests.yaml"))
            .Where(tested => Systems.ContainsKey(tested.Family)).ToList();
        Assert.InRange(cases.Count, 300, int.MaxValue);

        AssertMost(0.98, cases, tested => UserAgent.Parse(tested.Agent).System == Systems[tested.Family], tested => tested.Agent);
    }

    private void AssertMost<T>(double share, List<T> cases, Predicate<T> isRight, Func<T, string> agentOf)
    {
        var wrong = cases.FindAll(tested => !isRight(tested)).ConvertAll(tested => agentOf(tested));
        output.WriteLine($"{cases.Count - wrong.Count} of {cases.Count} right: {1 - ((double)wrong.Count / cases.Count):P2}");
        Assert.True(wrong.Count <= (1 - share) * cases.Count, string.Join('\n', wrong));
    }
}
