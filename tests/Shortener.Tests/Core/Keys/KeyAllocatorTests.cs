using Shortener.Core;
using Shortener.Core.Keys;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Core.Keys;

public sealed class KeyAllocatorTests : IDisposable
{
    private readonly EmbeddedDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Leases_a_block_only_when_the_last_one_is_used_up()
    {
        var store = new KeyBlockStoreDecorator(new SqliteKeyBlockStore(_database.Current));
        using var source = await KeySource.StartAsync(store, KeySpaces.Of("a"), blockSize: 10);

        await NextAsync(source, 10);
        Assert.Equal(1, store.Leases);

        await NextAsync(source, 1);
        Assert.Equal(2, store.Leases);
    }

    [Fact]
    public async Task A_block_whose_lease_was_answered_by_a_failure_comes_back_on_the_next_call()
    {
        var store = new KeyBlockStoreDecorator(new SqliteKeyBlockStore(_database.Current))
        {
            AfterLease = new StoreException(StoreFailure.UnknownOutcome, "The answer was lost."),
        };
        using var source = await KeySource.StartAsync(store, KeySpaces.Of("a"), blockSize: 10);

        await Assert.ThrowsAsync<StoreException>(async () => await source.Allocator.NextAsync(CancellationToken.None));
        var keys = await NextAsync(source, 11);

        Assert.Equal(Enumerable.Range(0, 11).Select(number => (long)number), keys.Select(key => key.Number));
    }

    [Fact]
    public async Task A_failed_lease_of_a_later_block_does_not_bring_an_earlier_one_back()
    {
        var store = new KeyBlockStoreDecorator(new SqliteKeyBlockStore(_database.Current));
        using var source = await KeySource.StartAsync(store, KeySpaces.Of("a"), blockSize: 2);
        await NextAsync(source, 2);
        store.AfterLease = new StoreException(StoreFailure.Unavailable, "Busy.");

        await Assert.ThrowsAsync<StoreException>(async () => await source.Allocator.NextAsync(CancellationToken.None));

        Assert.Equal([2L, 3, 4], (await NextAsync(source, 3)).Select(key => key.Number));
    }

    [Fact]
    public async Task Numbers_whose_alias_an_earlier_secret_produced_are_passed_over()
    {
        string taken;
        using (var earlier = await KeySource.StartAsync(_database, KeySpaces.Of("a"), blockSize: 5))
            taken = (await NextAsync(earlier, 3))[2].Alias;
        var space = KeySpaces.Of("b");
        using var later = await KeySource.StartAsync(_database, space, blockSize: 5);
        var number = space.NumberOf(taken);
        await KeySource.MoveNextAsync(_database, space, number);

        var key = await later.Allocator.NextAsync(CancellationToken.None);

        Assert.NotEqual(taken, key.Alias);
        Assert.Equal(number + 1, key.Number);
    }

    [Fact]
    public async Task A_used_up_space_ends_with_its_last_number_and_a_sentence_that_names_the_setting()
    {
        using var source = await KeySource.StartAsync(_database, KeySpaces.Of("a"), blockSize: 10);
        var capacity = KeySpace.CapacityOf(6);
        await KeySource.MoveNextAsync(_database, source.Space, capacity - 3);

        var last = await NextAsync(source, 3);
        var failure = await Assert.ThrowsAsync<KeySpaceException>(async () => await source.Allocator.NextAsync(CancellationToken.None));

        Assert.Equal([capacity - 3, capacity - 2, capacity - 1], last.Select(key => key.Number));
        Assert.Contains("set Shortener:Keys:Length to 7", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_space_that_another_process_closed_gives_no_more_blocks_and_names_the_setting()
    {
        using var first = await KeySource.StartAsync(_database, KeySpaces.Of("a"), blockSize: 2);
        await NextAsync(first, 1);
        using var second = await KeySource.StartAsync(_database, KeySpaces.Of("b"), blockSize: 2);

        Assert.Equal(1, (await NextAsync(first, 1))[0].Number);
        var failure = await Assert.ThrowsAsync<KeySpaceException>(async () => await first.Allocator.NextAsync(CancellationToken.None));

        Assert.Contains("Shortener:Keys:Secret", failure.Message, StringComparison.Ordinal);
        await NextAsync(second, 3);
    }

    [Fact]
    public async Task Numbers_handed_back_by_several_blocks_come_again_and_the_rest_never()
    {
        using var source = await KeySource.StartAsync(_database, KeySpaces.Of("a"), blockSize: 4);
        var keys = await NextAsync(source, 10);

        await source.Allocator.ReturnAsync([keys[1], keys[2], keys[9], keys[5]], CancellationToken.None);
        using var next = await KeySource.StartAsync(_database, KeySpaces.Of("a"), blockSize: 4);

        Assert.Equal([1L, 2, 5, 9, 10, 11, 12], (await NextAsync(next, 7)).Select(key => key.Number).Order());
    }

    [Fact]
    public async Task Numbers_that_follow_each_other_are_handed_back_as_one_range_whatever_their_order()
    {
        var store = new KeyBlockStoreDecorator(new SqliteKeyBlockStore(_database.Current));
        using var source = await KeySource.StartAsync(store, KeySpaces.Of("a"), blockSize: 10);
        var keys = await NextAsync(source, 7);

        await source.Allocator.ReturnAsync([keys[6], keys[2], keys[1], keys[3]], CancellationToken.None);

        Assert.Equal([new KeyRange(1, 4), new KeyRange(6, 10)], store.Returned);
    }

    [Fact]
    public async Task A_block_that_was_handed_back_gives_no_more_keys()
    {
        using var source = await KeySource.StartAsync(_database, KeySpaces.Of("a"), blockSize: 10);
        var before = (await NextAsync(source, 1))[0];
        await source.Allocator.ReturnAsync([], CancellationToken.None);

        var after = (await NextAsync(source, 1))[0];

        Assert.NotEqual(before.Block.LeaseId, after.Block.LeaseId);
        Assert.Equal(1, after.Number);
    }

    private static async Task<List<Key>> NextAsync(KeySource source, int count)
    {
        var keys = new List<Key>(count);
        while (keys.Count < count) keys.Add(await source.Allocator.NextAsync(CancellationToken.None));
        return keys;
    }
}
