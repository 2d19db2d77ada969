using System.Security.Cryptography;
using Shortener.Core;
using Shortener.Core.Access;
using Shortener.Core.Idempotency;
using Shortener.Core.Links;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>A file that is not what was written: an error that says so, never "not found".</summary>
public sealed class SqliteDamageTests : SqliteTests
{
    [Theory]
    [InlineData("this is not a database, and it is longer than a header of one hundred bytes, so that it is read as one ....")]
    [InlineData("short")]
    public void A_file_that_is_no_database_says_so_when_it_is_opened(string content)
    {
        File.WriteAllText(Data.File, content);
        var failure = FailsToOpen(StoreFailure.Corrupt, () => Data.Open());
        Assert.Contains("restore the file from a backup", failure.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Data.File));
    }

    [Fact]
    public async Task A_damaged_header_says_so_when_it_is_opened()
    {
        await new SqliteLinkStore(Data.Open()).InsertAsync(NewLink(), Token);
        Data.Close();
        Overwrite(first: 0, length: 100);
        FailsToOpen(StoreFailure.Corrupt, () => Data.Open());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_link_on_a_damaged_page_is_ever_not_found(bool withZeros)
    {
        var store = new SqliteLinkStore(Data.Open());
        var links = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => store.InsertAsync(NewLink(), Token)));
        Data.Close();
        var length = (int)new FileInfo(Data.File).Length;
        Overwrite(first: length / 2 / 4096 * 4096, length / 2, withZeros);

        var database = Data.Open();
        store = new SqliteLinkStore(database);
        Assert.False(database.IsDamaged);
        var damaged = 0;
        foreach (var link in links)
        {
            try
            {
                Assert.Equal(link!.Url, (await store.FindAsync(link.Alias, Token))?.Url);
            }
            catch (StoreException failure)
            {
                Assert.Equal(StoreFailure.Corrupt, failure.Failure);
                damaged++;
            }
        }

        Assert.InRange(damaged, 1, links.Length);
        Assert.True(database.IsDamaged);
        var query = new LinkQuery("ann", 1_000, Cursor: null, Tag: null, State: null, default);
        await FailsAsync(StoreFailure.Corrupt, () => store.ListAsync(query, Token));
        await FailsAsync(StoreFailure.Corrupt, () => store.ListAsync(query with { Tag = "tag" }, Token));
    }

    [Theory]
    [InlineData("tags = '[\"cut off'")]
    [InlineData("tags = 'null'")]
    [InlineData("tags = '{}'")]
    [InlineData("request_id = x'00'")]
    [InlineData("created_at = 9223372036854775807")]
    [InlineData("expires_at = -9223372036854775807")]
    [InlineData("generation = 4294967296")]
    public async Task A_row_that_nobody_wrote_is_damage(string change)
    {
        var store = new SqliteLinkStore(Data.Open());
        var link = NewLink();
        await store.InsertAsync(link, Token);
        using (OpenBeside($"UPDATE links SET {change}")) await FailsAsync(StoreFailure.Corrupt, () => store.FindAsync(link.Alias, Token));
        await FailsAsync(StoreFailure.Corrupt, () => store.InsertAsync(link, Token));
        await FailsAsync(StoreFailure.Corrupt, () => store.DeleteAsync(link.Alias, 1, Guid.CreateVersion7(), link.CreatedAt, Token));
    }

    [Fact]
    public async Task A_damaged_request_or_developer_key_is_an_error_and_not_a_new_one()
    {
        var database = Data.Open();
        var (requests, keys) = (new SqliteIdempotencyStore(database), new SqliteDeveloperKeyStore(database));
        var now = DateTimeOffset.UnixEpoch;
        Task<BeginResult> BeginAsync() => requests.BeginAsync(
            new IdempotentRequest("scope", "key"), [1], Guid.CreateVersion7(), now, now.AddSeconds(1), now.AddDays(1), Token);
        await BeginAsync();
        await keys.InsertAsync(new DeveloperKey("id", "ann", "name", Scopes.Read, [1], now, null, null), Token);
        using (OpenBeside("UPDATE idempotency SET request_id = x'00'; UPDATE developer_keys SET expires_at = 9223372036854775807"))
        {
            await FailsAsync(StoreFailure.Corrupt, BeginAsync);
            await FailsAsync(StoreFailure.Corrupt, () => keys.FindAsync("id", Token));
        }
    }

    private void Overwrite(int first, int length, bool withZeros = false)
    {
        using var file = File.OpenWrite(Data.File);
        file.Position = first;
        file.Write(withZeros ? new byte[length] : RandomNumberGenerator.GetBytes(length));
    }
}
