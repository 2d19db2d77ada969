using Shortener.Core.Destinations;
using Shortener.Core.Links;

namespace Shortener.Tests.Core.Links;

/// <summary>Links live for a year by default here, and at most two without the right to more.</summary>
public sealed class ExpiryRulesTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly LinkRules Rules = new(new DestinationPolicy(2_048, [], []), LinkFixture.RuleSettings);
    private static readonly Link Blank = Rules.Blank("alias", "alice", isCustom: true, Now);

    [Fact]
    public void A_link_expires_when_its_maker_says_and_by_default_otherwise()
    {
        Assert.Equal(Now.AddDays(365), Accepted(new LinkDraft()));
        Assert.Equal(Now.AddDays(7), Accepted(new LinkDraft { ExpiresAt = Now.AddDays(7) }));
        Assert.Equal(Now.AddSeconds(90), Accepted(new LinkDraft { Ttl = 90 }));
        Assert.Equal(Now.AddDays(365), Accepted(new LinkDraft { Ttl = new(true, null) }));
    }

    [Fact]
    public void A_time_is_kept_in_whole_milliseconds() =>
        Assert.Equal(Now.AddMilliseconds(5), Accepted(new LinkDraft { ExpiresAt = Now.AddMilliseconds(5.7) }));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1_000_000_000_000)]
    public void A_ttl_that_is_no_time_to_come_is_refused(long ttl) =>
        Assert.Equal("ttl", Refused(new LinkDraft { Ttl = ttl }, mayNeverExpire: true));

    [Fact]
    public void The_longest_lifetime_is_allowed_and_a_second_more_is_not_unless_the_key_may()
    {
        var longest = Now.AddDays(730);

        Assert.Equal(longest, Accepted(new LinkDraft { ExpiresAt = longest }));
        Assert.Equal(longest, Accepted(new LinkDraft { Ttl = 730 * 86_400 }));
        Assert.Equal("expiresAt", Refused(new LinkDraft { ExpiresAt = longest.AddSeconds(1) }));
        Assert.Equal("ttl", Refused(new LinkDraft { Ttl = 730 * 86_400 + 1 }));
        Assert.Equal(longest.AddSeconds(1), Accepted(new LinkDraft { ExpiresAt = longest.AddSeconds(1) }, mayNeverExpire: true));
        Assert.Equal(longest.AddSeconds(1), Accepted(new LinkDraft { Ttl = 730 * 86_400 + 1 }, mayNeverExpire: true));
    }

    [Fact]
    public void Never_is_for_keys_that_may()
    {
        var never = new LinkDraft { ExpiresAt = new(true, null) };

        Assert.Equal("expiresAt", Refused(never));
        Assert.Null(Accepted(never, mayNeverExpire: true));
    }

    [Fact]
    public void A_time_that_has_passed_is_refused_and_so_is_this_instant()
    {
        Assert.Equal("expiresAt", Refused(new LinkDraft { ExpiresAt = Now.AddMilliseconds(-1) }, mayNeverExpire: true));
        Assert.Equal("expiresAt", Refused(new LinkDraft { ExpiresAt = Now }, mayNeverExpire: true));
    }

    [Fact]
    public void A_time_and_a_ttl_together_are_refused_unless_the_ttl_is_null()
    {
        Assert.Equal("ttl", Refused(new LinkDraft { ExpiresAt = Now.AddDays(1), Ttl = 86_400 }));
        Assert.Equal(Now.AddDays(1), Accepted(new LinkDraft { ExpiresAt = Now.AddDays(1), Ttl = new(true, null) }));
    }

    [Fact]
    public void What_a_link_already_has_is_accepted_when_it_is_sent_back()
    {
        var past = Blank with { ExpiresAt = Now.AddDays(-1) };
        Assert.Equal(past.ExpiresAt, Accepted(new LinkDraft { ExpiresAt = past.ExpiresAt }, past));

        var never = Blank with { ExpiresAt = null };
        Assert.Null(Accepted(new LinkDraft { ExpiresAt = new(true, null) }, never));

        var far = Blank with { ExpiresAt = Now.AddDays(5_000) };
        Assert.Equal(far.ExpiresAt, Accepted(new LinkDraft { ExpiresAt = far.ExpiresAt }, far));
    }

    [Fact]
    public void A_link_is_expired_from_its_time_on_and_that_goes_before_disabled()
    {
        var link = Blank with { ExpiresAt = Now };

        Assert.Equal(LinkState.Active, link.StateAt(Now.AddTicks(-1)));
        Assert.Equal(LinkState.Expired, link.StateAt(Now));
        Assert.Equal(LinkState.Disabled, (link with { IsDisabled = true }).StateAt(Now.AddTicks(-1)));
        Assert.Equal(LinkState.Expired, (link with { IsDisabled = true }).StateAt(Now));
        Assert.Equal(LinkState.Active, (link with { ExpiresAt = null }).StateAt(DateTimeOffset.MaxValue));
    }

    private static DateTimeOffset? Accepted(LinkDraft draft, Link? current = null, bool mayNeverExpire = false)
    {
        var errors = new List<FieldError>();
        var changed = Rules.Apply(draft, current ?? Blank, mayNeverExpire, Now, errors);
        Assert.Empty(errors);
        return changed.ExpiresAt;
    }

    private static string Refused(LinkDraft draft, bool mayNeverExpire = false)
    {
        var errors = new List<FieldError>();
        Rules.Apply(draft, Blank, mayNeverExpire, Now, errors);
        return Assert.Single(errors).Field;
    }
}
