using FsCheck;
using FsCheck.Fluent;
using Shortener.Core.Visits.Agents;

namespace Shortener.Tests.Core.Visits.Agents;

public class UserAgentTests
{
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
    private const string Pixel = "Mozilla/5.0 (Linux; Android 16; Pixel 10)";
    private const string WebKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
    private const string IPhone = $"Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) {WebKit}";
    private const string Blink = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0";

    [Theory]
    [InlineData($"{Windows} {Blink} Safari/537.36", "Chrome", "Windows", "Desktop")]
    [InlineData($"{Windows} {Blink} Safari/537.36 Edg/142.0.0.0", "Edge", "Windows", "Desktop")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox", "Linux", "Desktop")]
    [InlineData($"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {Blink} Safari/537.36", "Chrome", "Chrome OS", "Desktop")]
    [InlineData(
        $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WebKit} Version/26.1 Safari/605.1.15",
        "Safari", "macOS", "Desktop")]
    [InlineData($"{IPhone} Version/26.1 Mobile/15E148 Safari/604.1", "Safari", "iOS", "Phone")]
    [InlineData($"{IPhone} CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1", "Chrome", "iOS", "Phone")]
    [InlineData($"{IPhone} Mobile/22G86 [FBAN/FBIOS;FBAV/500.0.0.1]", "Facebook", "iOS", "Phone")]
    [InlineData(
        $"Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) {WebKit} Version/18.6 Mobile/15E148 Safari/604.1",
        "Safari", "iOS", "Tablet")]
    [InlineData($"{Pixel} {Blink} Mobile Safari/537.36", "Chrome", "Android", "Phone")]
    [InlineData($"{Pixel} {Blink} Safari/537.36", "Chrome", "Android", "Tablet")]
    [InlineData($"{Pixel} {Blink} Mobile Safari/537.36 OPR/90.0.0.0", "Opera", "Android", "Phone")]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
        "Samsung Internet", "Android", "Phone")]
    [InlineData(
        "Mozilla/5.0 (Linux; U; Android 2.3.3; en-us; Nexus S) AppleWebKit/533.1 Version/4.0 Mobile Safari/533.1",
        "Android Browser", "Android", "Phone")]
    [InlineData($"Mozilla/5.0 (Linux; Android 9; CUBOT_X18) {Blink} Mobile Safari/537.36", "Chrome", "Android", "Phone")]
    [InlineData($"Mozilla/5.0 (Linux; Android 14; BRAVIA 4K VH2) {Blink} Safari/537.36", "Chrome", "Android", "TV")]
    [InlineData($"Mozilla/5.0 (PlayStation 5/10.00) {WebKit} Safari/605.1.15", "Safari", "", "Console")]
    [InlineData("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; www.example.com)", "Internet Explorer", "Windows", "Desktop")]
    public void People_are_told_by_their_browser(string agent, string browser, string system, string device) =>
        Assert.Equal(new UserAgent(IsBot: false, browser, system, device), UserAgent.Parse(agent));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("Mozilla/5.0")]
    [InlineData("curl/8.5.0")]
    [InlineData("python-requests/2.32.3")]
    [InlineData("Go-http-client/2.0")]
    [InlineData("axios/1.7.2")]
    [InlineData("okhttp/4.12.0")]
    [InlineData("node")]
    [InlineData("Java/21.0.4")]
    [InlineData("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")]
    [InlineData("Twitterbot/1.0")]
    [InlineData("WhatsApp/2.23.20.0")]
    [InlineData("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)")]
    [InlineData("Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)")]
    [InlineData("TelegramBot (like TwitterBot)")]
    [InlineData("LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)")]
    [InlineData($"{Windows} SkypeUriPreview Preview/0.5")]
    [InlineData($"{Pixel} {Blink} Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    [InlineData($"{Windows} AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36")]
    [InlineData($"{Windows} {Blink} Safari/537.36 example.com")]
    public void Programs_and_link_previews_are_bots(string agent) => Assert.True(UserAgent.Parse(agent).IsBot);

    [Fact]
    public void Case_does_not_matter()
    {
        const string Agent = $"{Pixel} {Blink} Mobile Safari/537.36 OPR/90.0.0.0";
        Assert.Equal(UserAgent.Parse(Agent), UserAgent.Parse(Agent.ToUpperInvariant()));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        const string Agent = $"{Windows} {Blink} Safari/537.36 Edg/142.0.0.0";
        UserAgent.Parse(Agent);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) UserAgent.Parse(Agent);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Any_text_is_read() => Prop
        .ForAll<string?>(text => UserAgent.Parse(text) is { Browser: not null, System: not null, Device: not null })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true));
}
