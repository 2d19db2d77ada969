using Shortener.Core;
using Shortener.Core.Links;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>The file is as large as it may be.</summary>
public sealed class SqliteFullTests : SqliteTests
{
    private SqliteDatabase OpenSmall() => Data.Open(settings => settings with { MaxBytes = 424_576 });

    /// <summary>Links that were acknowledged until no more would go in.</summary>
    private async Task<List<Link>> FillAsync(SqliteLinkStore store)
    {
        var links = new List<Link>();
        while (true)
        {
            var link = NewLink(bytes: 1_000);
            try
            {
                links.Add((await store.InsertAsync(link, Token))!);
            }
            catch (StoreException failure)
            {
                Assert.Equal(StoreFailure.Full, failure.Failure);
                return links;
            }
        }
    }

    [Fact]
    public async Task What_was_acknowledged_stays_and_can_be_read_changed_and_deleted()
    {
        var database = OpenSmall();
        var store = new SqliteLinkStore(database);
        var links = await FillAsync(store);
        Assert.InRange(links.Count, 50, 400);
        await AssertAllFoundAsync(database, links);
        Assert.Equal(links.Count, (await store.ListAsync(new LinkQuery("ann", 1_000, null, "tag", null, default), Token)).Items.Count);

        var shorter = links[0] with { Url = "https://example.com/", Version = 2, RequestId = Guid.CreateVersion7() };
        Assert.True(await store.UpdateAsync(shorter, 1, Token));
        foreach (var link in links.Skip(1))
            Assert.True(await store.DeleteAsync(link.Alias, link.Version, Guid.CreateVersion7(), link.CreatedAt, Token));

        Data.Close();
        database = OpenSmall();
        await AssertAllFoundAsync(database, [shorter]);
    }

    [Fact]
    public async Task What_was_refused_was_not_written_and_can_be_when_there_is_room()
    {
        var store = new SqliteLinkStore(OpenSmall());
        var links = await FillAsync(store);
        var refused = NewLink(bytes: 1_000);
        await FailsAsync(StoreFailure.Full, () => store.InsertAsync(refused, Token));
        Assert.Null(await store.FindAsync(refused.Alias, Token));
        Data.Close();

        var roomy = Data.Open();
        await AssertAllFoundAsync(roomy, links);
        Assert.NotNull(await new SqliteLinkStore(roomy).InsertAsync(refused, Token));
    }

    [Fact]
    public async Task A_write_without_room_harms_none_of_those_that_would_share_its_transaction()
    {
        var database = OpenSmall();
        var store = new SqliteLinkStore(database);
        var links = await FillAsync(store);
        var failing = new List<Task<Link?>>();
        var deleting = new List<Task<bool>>();
        var gate = await Gate.BeforeWritesAsync(database);
        var runs = 0;
        var thrown = database.WriteAsync(
            session => runs++ == 0 ? throw new FormatException("the caller's own") : session.Execute("DELETE FROM links"), Token);
        foreach (var link in links.Take(5))
        {
            failing.Add(store.InsertAsync(NewLink(bytes: 100_000), Token));
            deleting.Add(store.DeleteAsync(link.Alias, link.Version, Guid.CreateVersion7(), link.CreatedAt, Token));
        }

        await gate.OpenAsync();
        Assert.All(await Task.WhenAll(deleting), Assert.True);
        foreach (var insert in failing) await FailsAsync(StoreFailure.Full, () => insert);
        await Assert.ThrowsAsync<FormatException>(() => thrown);
        Assert.Equal(1, runs);
        await AssertAllFoundAsync(database, links.Skip(5));
    }

    [Fact]
    public async Task Of_many_concurrent_writes_exactly_the_acknowledged_ones_are_there()
    {
        var database = OpenSmall();
        var store = new SqliteLinkStore(database);
        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await store.InsertAsync(NewLink(bytes: 1_000), Token);
            }
            catch (StoreException failure) when (failure.Failure == StoreFailure.Full)
            {
                return null;
            }
        })));
        var acknowledged = answers.OfType<Link>().ToList();
        Assert.InRange(acknowledged.Count, 50, 400);
        await AssertAllFoundAsync(database, acknowledged);
        Data.Close();
        await AssertAllFoundAsync(OpenSmall(), acknowledged);
    }
}
