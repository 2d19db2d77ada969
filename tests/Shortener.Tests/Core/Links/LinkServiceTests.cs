using Shortener.Core.Links;

namespace Shortener.Tests.Core.Links;

public sealed class LinkServiceTests : LinkTests
{
    [Fact]
    public async Task What_is_made_can_be_found_by_its_owner_alone()
    {
        var made = await _links.CreateAsync("abc");

        Assert.Equivalent(made, await _links.Service.FindAsync(LinkFixture.Alice, "abc", CancellationToken.None), strict: true);
        Assert.Null(await _links.Service.FindAsync(LinkFixture.Bob, "abc", CancellationToken.None));
    }

    [Fact]
    public async Task Another_owners_link_can_neither_be_changed_nor_deleted_nor_told_from_none()
    {
        var made = await _links.CreateAsync("abc");

        Assert.Equal(LinkOutcome.NotFound, (await _links.PatchAsync("abc", new LinkDraft(), caller: LinkFixture.Bob)).Outcome);
        Assert.Equal(LinkOutcome.NotFound, (await _links.DeleteAsync("abc", caller: LinkFixture.Bob)).Outcome);
        Assert.Equal(LinkOutcome.NotFound, (await _links.DeleteAsync("nobody", caller: LinkFixture.Bob)).Outcome);
        Assert.Equivalent(made, await _links.Store.FindAsync("abc", CancellationToken.None), strict: true);
    }

    [Fact]
    public async Task A_nonsense_alias_costs_no_look_up()
    {
        Assert.Null(await _links.Service.FindAsync(LinkFixture.Alice, "a/b", CancellationToken.None));
        Assert.Equal(0, _links.Store.Finds);
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_counts_the_version_up()
    {
        await _links.CreateAsync("abc");
        await _links.PatchAsync("abc", new LinkDraft { Title = "Title" });
        var result = await _links.PatchAsync("abc", new LinkDraft { RedirectStatus = 307 });

        Assert.Equal(LinkOutcome.Done, result.Outcome);
        Assert.Equal(("Title", 307, 3), (result.Link!.Title, result.Link.RedirectStatus, result.Link.Version));
        Assert.Equivalent(result.Link, await _links.Store.FindAsync("abc", CancellationToken.None), strict: true);
    }

    [Fact]
    public async Task A_replacement_resets_what_it_does_not_name()
    {
        var made = await _links.CreateAsync("abc");
        await _links.PatchAsync("abc", new LinkDraft
        {
            Title = "Title", Tags = new(true, ["a"]), RedirectStatus = 301, IsDisabled = true, Ttl = 60,
        });
        _links.Clock.Advance(TimeSpan.FromDays(1));

        var replaced = (await ReplaceAsync(new LinkDraft { Url = "https://new.example/" })).Link!;

        Assert.Equal((null, 302, false), (replaced.Title, replaced.RedirectStatus, replaced.IsDisabled));
        Assert.Empty(replaced.Tags);
        Assert.Equal(("https://new.example/", made.CreatedAt, 3L, 1), (replaced.Url, replaced.CreatedAt, replaced.Version, replaced.Generation));
        Assert.Equal(replaced.UpdatedAt + LinkFixture.RuleSettings.DefaultLifetime, replaced.ExpiresAt);
        Assert.True(replaced.IsCustom);
    }

    [Fact]
    public async Task A_replacement_needs_a_destination_and_may_send_back_an_expiry_that_has_passed()
    {
        await _links.CreateAsync("abc");
        var expiring = (await _links.PatchAsync("abc", new LinkDraft { Ttl = 60 })).Link!;
        _links.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal("url", Assert.Single((await ReplaceAsync(new LinkDraft())).Errors!).Field);
        var sentBack = await ReplaceAsync(new LinkDraft { Url = expiring.Url, ExpiresAt = expiring.ExpiresAt });

        Assert.Equal((LinkOutcome.Done, expiring.ExpiresAt), (sentBack.Outcome, sentBack.Link!.ExpiresAt));
    }

    [Fact]
    public async Task An_alias_cannot_be_changed_but_may_be_sent_back()
    {
        await _links.CreateAsync("abc");

        Assert.Equal("alias", Assert.Single((await _links.PatchAsync("abc", new LinkDraft { Alias = "other" })).Errors!).Field);
        Assert.Equal(LinkOutcome.Done, (await _links.PatchAsync("abc", new LinkDraft { Alias = "abc" })).Outcome);
    }

    [Fact]
    public async Task What_breaks_rules_is_told_field_by_field_once_and_not_written()
    {
        var made = await _links.CreateAsync("abc");
        var draft = new LinkDraft
        {
            Url = "no url", Title = "two\nlines", RedirectStatus = 5, Unreadable = [new("title", "Give a string.")],
        };

        var (changed, created) = (await _links.PatchAsync("abc", draft), await _links.Service.CreateAsync(
            LinkFixture.Alice, draft with { Alias = "api" }, new CreateAttempt(Guid.CreateVersion7()), CancellationToken.None));

        Assert.Equal((LinkOutcome.Invalid, LinkOutcome.Invalid), (changed.Outcome, created.Outcome));
        Assert.Equal(["redirectStatus", "title", "url"], changed.Errors!.Select(error => error.Field).Order());
        Assert.Equal(["alias", "redirectStatus", "title", "url"], created.Errors!.Select(error => error.Field).Order());
        Assert.Contains(new FieldError("title", "Give a string."), changed.Errors!);
        Assert.Equivalent(made, await _links.Store.FindAsync("abc", CancellationToken.None), strict: true);
    }

    [Fact]
    public async Task A_deleted_alias_comes_back_to_its_owner_alone_with_a_higher_version_and_generation()
    {
        var first = await _links.CreateAsync("abc");
        Assert.Equal(LinkOutcome.AliasTaken, (await _links.TryCreateAsync("abc")).Outcome);
        Assert.Equal(LinkOutcome.Done, (await _links.DeleteAsync("abc")).Outcome);
        Assert.Null(await _links.Service.FindAsync(LinkFixture.Alice, "abc", CancellationToken.None));

        Assert.Equal(LinkOutcome.AliasTaken, (await _links.TryCreateAsync("abc", caller: LinkFixture.Bob)).Outcome);
        var again = await _links.CreateAsync("abc", "https://new.example/");

        Assert.True(again.Version > first.Version + 1, "the deletion has a version of its own");
        Assert.Equal(first.Generation + 1, again.Generation);
        Assert.Equal("https://new.example/", (await _links.ResolveAsync("abc")).Location);
        var replaced = (await ReplaceAsync(new LinkDraft { Url = "https://newer.example/" })).Link!;
        Assert.Equivalent(await _links.Store.FindAsync("abc", CancellationToken.None), replaced, strict: true);
    }

    private Task<LinkResult> ReplaceAsync(LinkDraft draft) =>
        _links.Service.ReplaceAsync(LinkFixture.Alice, "abc", draft, mayChange: null, CancellationToken.None);
}
