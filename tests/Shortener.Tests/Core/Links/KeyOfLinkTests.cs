using Shortener.Core;
using Shortener.Core.Keys;
using Shortener.Core.Links;

namespace Shortener.Tests.Core.Links;

/// <summary>Links whose alias is a key, and what becomes of a key whose link is not made.</summary>
public sealed class KeyOfLinkTests : LinkTests
{
    [Fact]
    public async Task A_link_without_an_alias_gets_the_next_key_and_is_not_custom()
    {
        var link = await _links.CreateAsync(alias: null);

        Assert.Equal((AliasOf(0), false), (link.Alias, link.IsCustom));
        Assert.Equal(Resolution.Found, await _links.ResolutionAsync(link.Alias));
    }

    [Fact]
    public async Task A_custom_alias_takes_no_key()
    {
        await _links.CreateAsync("abc");
        await _links.TryCreateAsync("abc");
        await _links.TryCreateAsync(null, "no url");

        Assert.Equal(50, _links.Keys.Pool.Count);
    }

    [Fact]
    public async Task Keys_that_somebody_chose_as_custom_aliases_are_passed_over_also_once_those_are_deleted()
    {
        await _links.CreateAsync(AliasOf(0), caller: LinkFixture.Bob);
        await _links.CreateAsync(AliasOf(1));
        await _links.DeleteAsync(AliasOf(1));

        Assert.Equal(AliasOf(2), (await _links.CreateAsync(alias: null)).Alias);
        Assert.Equal("bob", (await _links.Store.FindAsync(AliasOf(0), CancellationToken.None))!.Owner);
    }

    [Fact]
    public async Task When_every_key_is_taken_it_ends_with_a_sentence_that_names_the_setting()
    {
        for (var number = 0; number < 20; number++) await _links.CreateAsync(AliasOf(number));

        var failure = await Assert.ThrowsAsync<KeySpaceException>(() => _links.TryCreateAsync(null));

        Assert.Contains("Shortener:Keys:Secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_comes_back_when_its_link_was_certainly_not_written()
    {
        _links.Store.WriteFailure = new StoreException(StoreFailure.Full, "Full.");
        await Assert.ThrowsAsync<StoreException>(() => _links.TryCreateAsync(null));
        _links.Store.WriteFailure = null;

        Assert.Equal(50, _links.Keys.Pool.Count);
        var aliases = new List<string>();
        while (_links.Keys.Pool.Count > 0) aliases.Add((await _links.CreateAsync(null)).Alias);
        Assert.Contains(AliasOf(0), aliases);
    }

    [Fact]
    public async Task A_key_is_lost_when_its_link_may_have_been_written()
    {
        _links.Store.WriteFailure = new StoreException(StoreFailure.UnknownOutcome, "Who knows.");
        await Assert.ThrowsAsync<StoreException>(() => _links.TryCreateAsync(null));

        Assert.Equal(49, _links.Keys.Pool.Count);
    }

    [Fact]
    public async Task A_request_made_again_finds_the_link_that_it_made()
    {
        string? chosen = null;
        var attempt = new CreateAttempt(Guid.CreateVersion7(), ChooseAsync: (alias, _) =>
        {
            chosen = alias;
            return Task.CompletedTask;
        });
        var made = await CreateAsync(attempt);
        Assert.Equal(made.Alias, chosen);

        var again = await CreateAsync(attempt with { EarlierAlias = chosen });

        Assert.Equivalent(made, again, strict: true);
        Assert.Equal(49, _links.Keys.Pool.Count);
    }

    [Fact]
    public async Task A_request_made_again_goes_on_under_the_key_that_it_chose_and_no_other_request_gets_that()
    {
        string? chosen = null;
        var attempt = new CreateAttempt(Guid.CreateVersion7(), ChooseAsync: (alias, _) =>
        {
            chosen = alias;
            return Task.CompletedTask;
        });
        _links.Store.WriteFailure = new StoreException(StoreFailure.Unavailable, "Down.");
        await Assert.ThrowsAsync<StoreException>(() => CreateAsync(attempt));
        _links.Store.WriteFailure = null;
        while (_links.Keys.Pool.Count > 0) await _links.CreateAsync(null);

        Assert.Equal(AliasOf(0), (await CreateAsync(attempt with { EarlierAlias = chosen })).Alias);
    }

    [Fact]
    public async Task Where_another_link_has_the_chosen_key_by_now_the_request_gets_another()
    {
        await _links.CreateAsync(AliasOf(7));

        var made = await CreateAsync(new CreateAttempt(Guid.CreateVersion7(), EarlierAlias: AliasOf(7)));

        Assert.Equal(AliasOf(0), made.Alias);
    }

    private async Task<Link> CreateAsync(CreateAttempt attempt)
    {
        var draft = new LinkDraft { Url = "https://example.com/" };
        var result = await _links.Service.CreateAsync(LinkFixture.Alice, draft, attempt, CancellationToken.None);
        Assert.Equal(LinkOutcome.Done, result.Outcome);
        return result.Link!;
    }

    private string AliasOf(long number)
    {
        using var permutation = new KeyPermutation(_links.Keys.Space, []);
        return permutation.ToAlias(number)!;
    }
}
