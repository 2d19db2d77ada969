using Shortener.Core.Destinations;
using Shortener.Core.Links;

namespace Shortener.Tests.Core.Links;

public sealed class LinkRulesTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly LinkRules Rules = new(new DestinationPolicy(2_048, [], ["blocked.example"]), LinkFixture.RuleSettings);
    private static readonly Link Current = Rules.Blank("alias", "alice", isCustom: true, Now) with
    {
        Url = "https://example.com/", Title = "Title", Tags = ["a"], RedirectStatus = 301, IsDisabled = true,
    };

    [Fact]
    public void A_blank_link_has_every_default()
    {
        var blank = Rules.Blank("alias", "alice", isCustom: true, Now);

        Assert.Equal(("alias", "alice", true, 302, false), (blank.Alias, blank.Owner, blank.IsCustom, blank.RedirectStatus, blank.IsDisabled));
        Assert.Equal((Now, Now, Now.AddDays(365)), (blank.CreatedAt, blank.UpdatedAt, blank.ExpiresAt));
        Assert.Equal((null, 1, 1), (blank.Title, blank.Version, blank.Generation));
        Assert.Empty(blank.Tags);
    }

    [Fact]
    public void Absent_fields_stay_as_they_are()
    {
        var changed = Accepted(new LinkDraft(), Now.AddHours(1));

        Assert.Equivalent(Current with { UpdatedAt = Now.AddHours(1) }, changed, strict: true);
    }

    [Fact]
    public void Null_clears_a_title_and_tags_and_resets_the_status()
    {
        var changed = Accepted(new LinkDraft
        {
            Title = new(true, null), Tags = new(true, null), RedirectStatus = new(true, null), IsDisabled = false,
        });

        Assert.Equal((null, 302, false), (changed.Title, changed.RedirectStatus, changed.IsDisabled));
        Assert.Empty(changed.Tags);
    }

    [Fact]
    public void A_destination_is_kept_in_its_serialised_form_and_refused_by_the_policy()
    {
        Assert.Equal("https://example.com/%C3%A4", Accepted(new LinkDraft { Url = "HTTPS://example.com/ä" }).Url);
        Refused("url", new LinkDraft { Url = "https://blocked.example/" });
        Refused("url", new LinkDraft { Url = new(true, null) });
    }

    [Fact]
    public void A_title_is_trimmed_and_bounded()
    {
        Assert.Equal("A title", Accepted(new LinkDraft { Title = "  A title " }).Title);
        Assert.Null(Accepted(new LinkDraft { Title = "  " }).Title);
        Assert.Equal(200, Accepted(new LinkDraft { Title = new string('t', 200) }).Title!.Length);
        Refused("title", new LinkDraft { Title = new string('t', 201) });
        Refused("title", new LinkDraft { Title = "two\nlines" });
        Refused("title", new LinkDraft { Title = "a\0b" });
    }

    [Fact]
    public void Tags_are_trimmed_kept_once_in_their_order_and_bounded()
    {
        Assert.Equal(["b", "a", "B"], Accepted(Tagged(" b", "a ", "b", "B")).Tags);
        Assert.Equal(20, Accepted(Tagged([.. Enumerable.Range(0, 20).Select(i => $"tag {i}"), "tag 0"])).Tags.Count);
        Assert.Single(Accepted(Tagged(new string('t', 50))).Tags);
        Refused("tags", Tagged([.. Enumerable.Range(0, 21).Select(i => $"tag {i}")]));
        Refused("tags", Tagged(new string('t', 51)));
        Refused("tags", Tagged("a", " "));
        Refused("tags", Tagged("a\tb"));
        Refused("tags", Tagged("a", null!));
    }

    [Theory]
    [InlineData(301, true)]
    [InlineData(302, true)]
    [InlineData(307, true)]
    [InlineData(308, true)]
    [InlineData(300, false)]
    [InlineData(303, false)]
    [InlineData(200, false)]
    [InlineData(0, false)]
    public void Only_four_statuses_redirect(int status, bool isAllowed)
    {
        var draft = new LinkDraft { RedirectStatus = status };
        if (isAllowed) Assert.Equal(status, Accepted(draft).RedirectStatus);
        else Refused("redirectStatus", draft);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var errors = ErrorsOf(new LinkDraft
        {
            Url = "no url", ExpiresAt = Now.AddDays(-1), Title = "two\nlines", Tags = new(true, [""]), RedirectStatus = 418,
        });

        Assert.Equal(["expiresAt", "redirectStatus", "tags", "title", "url"], errors.Select(error => error.Field).Order());
        Assert.All(errors, error => Assert.EndsWith(".", error.Message, StringComparison.Ordinal));
    }

    private static LinkDraft Tagged(params string[] tags) => new() { Tags = new(true, tags) };

    private static Link Accepted(LinkDraft draft, DateTimeOffset? now = null)
    {
        var errors = new List<FieldError>();
        var changed = Rules.Apply(draft, Current, mayNeverExpire: false, now ?? Now, errors);
        Assert.Empty(errors);
        return changed;
    }

    private static void Refused(string field, LinkDraft draft) => Assert.Equal(field, Assert.Single(ErrorsOf(draft)).Field);

    private static List<FieldError> ErrorsOf(LinkDraft draft)
    {
        var errors = new List<FieldError>();
        Rules.Apply(draft, Current, mayNeverExpire: false, Now, errors);
        return errors;
    }
}
