using Shortener.Core.Links;

namespace Shortener.Tests.Core.Links;

/// <summary>The real store, counting look-ups; a test can hold an answer, or make calls fail.</summary>
internal sealed class LinkStoreDecorator(ILinkStore inner) : ILinkStore
{
    private int _finds;

    public int Finds => Volatile.Read(ref _finds);

    /// <summary>Awaited between a look-up and its answer.</summary>
    public Func<Task>? AfterFind { get; set; }

    /// <summary>Thrown in place of every look-up while it is set.</summary>
    public Exception? FindFailure { get; set; }

    /// <summary>Thrown in place of every write while it is set.</summary>
    public Exception? WriteFailure { get; set; }

    /// <summary>Thrown in place of every write's answer while it is set: the write takes place.</summary>
    public Exception? AfterWrite { get; set; }

    public async Task<Link?> FindAsync(string alias, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _finds);
        if (FindFailure is { } failure) throw failure;
        var found = await inner.FindAsync(alias, cancellationToken);
        if (AfterFind is { } hold) await hold();
        return found;
    }

    public Task<Link?> InsertAsync(Link link, CancellationToken cancellationToken) =>
        WriteAsync(() => inner.InsertAsync(link, cancellationToken));

    public Task<bool> UpdateAsync(Link link, long expectedVersion, CancellationToken cancellationToken) =>
        WriteAsync(() => inner.UpdateAsync(link, expectedVersion, cancellationToken));

    public Task<bool> DeleteAsync(
        string alias, long expectedVersion, Guid requestId, DateTimeOffset deletedAt, CancellationToken cancellationToken) =>
        WriteAsync(() => inner.DeleteAsync(alias, expectedVersion, requestId, deletedAt, cancellationToken));

    public Task<LinkPage> ListAsync(LinkQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    /// <summary>Holds the next look-up's answer; the first task completes when it is there, the source lets it go.</summary>
    public (Task Found, TaskCompletionSource GoOn) HoldNextFind()
    {
        var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AfterFind = async () =>
        {
            AfterFind = null;
            found.SetResult();
            await goOn.Task;
        };
        return (found.Task, goOn);
    }

    private async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        if (WriteFailure is { } failure) throw failure;
        var written = await write();
        return AfterWrite is { } lost ? throw lost : written;
    }
}
