namespace Shortener.Tests.Storage.Contract;

/// <summary>Where one test's data lies: nobody else's is in it, and what was written is there each time it is opened.</summary>
public interface IStoreData<TStore> : IAsyncDisposable
{
    /// <summary>A store over the data; the first one finds it empty.</summary>
    Task<TStore> OpenAsync();

    /// <summary>Whether a write takes so long that tests of volume do with as little as still shows what they are for.</summary>
    bool IsSlow => false;

    /// <summary>Closes the store, as a process does that ends.</summary>
    Task CloseAsync();
}

/// <summary>What the suites of all ports share: a store that a test may close and open again.</summary>
public abstract class StoreContract<TStore>(IStoreData<TStore> data) : IAsyncLifetime
    where TStore : class
{
    private TStore? _store;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static DateTimeOffset Noon { get; } = DateTimeOffset.Parse("2026-02-03T12:00:00.123Z", null);

    protected TStore Store => _store!;

    protected bool IsSlow => data.IsSlow;

    public async ValueTask InitializeAsync() => _store = await data.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await data.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task ReopenAsync()
    {
        await data.CloseAsync();
        _store = await data.OpenAsync();
    }

    /// <summary>Calls from many threads at once; their answers in the order of the numbers.</summary>
    protected static Task<T[]> RaceAsync<T>(int callers, Func<int, Task<T>> call) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(number => Task.Run(() => call(number), Token)));
}
