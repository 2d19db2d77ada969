using Shortener.Core.Destinations;
using Shortener.Core.Links;

namespace Shortener.Tests.Core.Links;

public sealed class ResolvedLinkTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly Link Link =
        new LinkRules(new DestinationPolicy(2_048, [], []), LinkFixture.RuleSettings).Blank("alias", "alice", isCustom: true, Now)
            with { Url = "https://example.com/", ExpiresAt = Now };

    [Fact]
    public void A_link_is_followed_until_the_instant_of_its_expiry()
    {
        Assert.Equal(Resolution.Found, At(Link, Now.AddTicks(-1)));
        Assert.Equal(Resolution.Expired, At(Link, Now));
        Assert.Equal(Resolution.Found, At(Link with { ExpiresAt = null }, DateTimeOffset.MaxValue.AddTicks(-1)));
    }

    [Fact]
    public void A_disabled_link_is_not_followed_and_expired_goes_before_disabled()
    {
        Assert.Equal(Resolution.Disabled, At(Link with { IsDisabled = true }, Now.AddTicks(-1)));
        Assert.Equal(Resolution.Expired, At(Link with { IsDisabled = true }, Now));
    }

    [Fact]
    public void What_is_not_there_is_unknown_at_any_time() => Assert.Equal(Resolution.Unknown, At(null, DateTimeOffset.MaxValue));

    private static Resolution At(Link? link, DateTimeOffset now) =>
        ResolvedLink.From(link is null ? null : LinkTarget.Of(link), freshUntil: 0, staleUntil: 0).At(now);
}
