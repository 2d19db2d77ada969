using Shortener.Core.Keys;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Core.Keys;

/// <summary>What a process has of keys: opened, used, and then either drained or lost in a crash.</summary>
internal sealed class KeySource : IDisposable
{
    private readonly KeyMaker _maker;

    private KeySource(KeySpace space, KeyMaker maker, int poolSize)
    {
        (Space, _maker, Allocator) = (space, maker, new KeyAllocator(maker));
        Pool = new KeyPool(Allocator, poolSize, poolSize / 2);
    }

    /// <summary>The active space.</summary>
    public KeySpace Space { get; }

    public KeyAllocator Allocator { get; }

    public KeyPool Pool { get; }

    public static Task<KeySource> StartAsync(EmbeddedDatabase database, KeySpace space, int blockSize, int poolSize = 4) =>
        StartAsync(new SqliteKeyBlockStore(database.Current), space, blockSize, poolSize);

    public static async Task<KeySource> StartAsync(IKeyBlockStore store, KeySpace space, int blockSize, int poolSize = 4)
    {
        var spaces = await store.ActivateAsync(space, space, CancellationToken.None);
        return new KeySource(spaces[0], new KeyMaker(store, spaces, blockSize, "test"), poolSize);
    }

    /// <summary>Moves the start of what was never leased forward, as a long life of an active space would.</summary>
    public static Task MoveNextAsync(EmbeddedDatabase database, KeySpace space, long next) =>
        database.Current.WriteAsync(
            session => session.Execute("UPDATE key_spaces SET next = $1 WHERE id = $0 AND next < $1 AND is_active = 1", space.Id, next),
            CancellationToken.None);

    /// <summary>Takes a key as a filler and a taker in turn would.</summary>
    public async Task<Key> TakeAsync()
    {
        if (Pool.Count == 0) await Pool.RefillAsync(CancellationToken.None);
        return await Pool.TakeAsync(CancellationToken.None);
    }

    public async Task<List<Key>> TakeAsync(int count)
    {
        var keys = new List<Key>(count);
        while (keys.Count < count) keys.Add(await TakeAsync());
        return keys;
    }

    public void Dispose() => _maker.Dispose();
}
