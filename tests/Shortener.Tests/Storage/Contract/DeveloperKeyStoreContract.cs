using Shortener.Core.Access;
using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Contract;

/// <summary>What every <see cref="IDeveloperKeyStore"/> does.</summary>
public abstract class DeveloperKeyStoreContract(IStoreData<IDeveloperKeyStore> data) : StoreContract<IDeveloperKeyStore>(data)
{
    private static DeveloperKey NewKey(string id, string owner = "ann", int age = 0) => new(
        id, owner, $"key {id}", Scopes.Read, [.. Enumerable.Range(0, 32).Select(i => (byte)i)], Noon.AddMilliseconds(-age),
        ExpiresAt: null, RevokedAt: null);

    private static void AssertSame(DeveloperKey expected, DeveloperKey? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.SecretHash, actual.SecretHash);
        Assert.Equal(expected, actual with { SecretHash = expected.SecretHash });
    }

    private async Task<List<string>> ListedAsync(string? owner, int limit)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Store.ListAsync(owner, limit, cursor, Token);
            Assert.InRange(page.Items.Count, 0, limit);
            ids.AddRange(page.Items.Select(key => key.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return ids;
    }

    [Fact]
    public async Task A_key_has_all_its_values_also_after_reopening()
    {
        var plain = NewKey("plain");
        var full = new DeveloperKey(
            "full", "анна 😀", "Größe '\"", Scopes.Read | Scopes.Create | Scopes.Manage | Scopes.Admin, [255, 0, 1], Noon.AddMilliseconds(1),
            Noon.AddMilliseconds(2), Noon.AddMilliseconds(3));
        await Store.InsertAsync(full, Token);
        await Store.InsertAsync(plain, Token);
        AssertSame(plain, await Store.FindAsync("plain", Token));
        await ReopenAsync();
        AssertSame(plain, await Store.FindAsync("plain", Token));
        AssertSame(full, await Store.FindAsync("full", Token));
        AssertSame(plain, Assert.Single((await Store.ListAsync("ann", 10, cursor: null, Token)).Items));
    }

    [Fact]
    public async Task A_key_that_nobody_made_is_not_found()
    {
        await Store.InsertAsync(NewKey("abc"), Token);
        foreach (var id in new[] { "ABC", "ab", "abcd", "", "'" }) Assert.Null(await Store.FindAsync(id, Token));
    }

    [Fact]
    public async Task A_revoked_key_is_found_with_its_time_and_listed_no_more()
    {
        var key = NewKey("abc");
        await Store.InsertAsync(key, Token);
        await Store.InsertAsync(NewKey("other"), Token);
        Assert.True(await Store.RevokeAsync("abc", Noon.AddHours(1), Token));
        await ReopenAsync();
        AssertSame(key with { RevokedAt = Noon.AddHours(1) }, await Store.FindAsync("abc", Token));
        Assert.Equal(["other"], await ListedAsync("ann", 10));
        Assert.Equal(["other"], await ListedAsync(null, 10));
    }

    [Fact]
    public async Task Revoking_again_or_what_is_not_there_is_false_and_changes_nothing()
    {
        await Store.InsertAsync(NewKey("abc"), Token);
        Assert.False(await Store.RevokeAsync("nobody", Noon, Token));
        Assert.True(await Store.RevokeAsync("abc", Noon, Token));
        Assert.False(await Store.RevokeAsync("abc", Noon.AddHours(1), Token));
        Assert.Equal(Noon, (await Store.FindAsync("abc", Token))!.RevokedAt);
    }

    [Fact]
    public async Task Of_many_who_revoke_one_key_at_once_exactly_one_does()
    {
        await Store.InsertAsync(NewKey("abc"), Token);
        Assert.Single(await RaceAsync(16, i => Store.RevokeAsync("abc", Noon.AddMilliseconds(i), Token)), answer => answer);
    }

    [Fact]
    public async Task Keys_are_listed_newest_first_of_one_owner_or_of_all_also_expired_ones()
    {
        await Store.InsertAsync(NewKey("middle", "ann", age: 5) with { ExpiresAt = Noon.AddDays(-1) }, Token);
        await Store.InsertAsync(NewKey("oldest", "ann", age: 9), Token);
        await Store.InsertAsync(NewKey("bobs", "bob", age: 7), Token);
        await Store.InsertAsync(NewKey("newest", "ann"), Token);
        for (var limit = 1; limit <= 5; limit++)
        {
            Assert.Equal(["newest", "middle", "oldest"], await ListedAsync("ann", limit));
            Assert.Equal(["newest", "middle", "bobs", "oldest"], await ListedAsync(null, limit));
            Assert.Equal(["bobs"], await ListedAsync("bob", limit));
            Assert.Empty(await ListedAsync("carol", limit));
        }
    }

    [Fact]
    public async Task Keys_of_one_time_are_each_listed_once_over_all_pages()
    {
        await RaceAsync(25, async i =>
        {
            await Store.InsertAsync(NewKey($"key-{i:00}"), Token);
            return true;
        });
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"key-{i:00}"), (await ListedAsync("ann", 4)).Order(StringComparer.Ordinal));
        Assert.Equal(25, (await ListedAsync(null, 7)).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("0")]
    [InlineData("%%%")]
    [InlineData("AAAA")]
    [InlineData("größe\0")]
    public async Task A_cursor_that_nobody_handed_out_is_refused(string cursor) =>
        await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListAsync(owner: null, 10, cursor, Token));
}
