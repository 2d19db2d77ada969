using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Redis;

/// <summary>A store whose look-ups end when, and in the order that, a test says. Writes go straight through.</summary>
internal sealed class SlowLinkStore(ILinkStore inner) : ILinkStore
{
    private readonly List<TaskCompletionSource> _held = [];

    /// <summary>Whether look-ups that begin now are held, after they have read.</summary>
    public bool Holds { get; set; }

    /// <summary>Completed when the next look-up is held.</summary>
    public TaskCompletionSource NextHeld { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<Link?> FindAsync(string alias, CancellationToken cancellationToken)
    {
        var holds = Holds;
        var found = await inner.FindAsync(alias, cancellationToken);
        if (!holds) return found;
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_held) _held.Add(goOn);
        NextHeld.TrySetResult();
        await goOn.Task;
        return found;
    }

    /// <summary>Lets one of the held look-ups go on; false: none is held.</summary>
    public bool ReleaseOne(Random random)
    {
        lock (_held)
        {
            if (_held.Count == 0) return false;
            var chosen = random.Next(_held.Count);
            _held[chosen].SetResult();
            _held.RemoveAt(chosen);
            return true;
        }
    }

    public void Expect() => NextHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Link?> InsertAsync(Link link, CancellationToken cancellationToken) => inner.InsertAsync(link, cancellationToken);

    public Task<bool> UpdateAsync(Link link, long expectedVersion, CancellationToken cancellationToken) =>
        inner.UpdateAsync(link, expectedVersion, cancellationToken);

    public Task<bool> DeleteAsync(
        string alias, long expectedVersion, Guid requestId, DateTimeOffset deletedAt, CancellationToken cancellationToken) =>
        inner.DeleteAsync(alias, expectedVersion, requestId, deletedAt, cancellationToken);

    public Task<LinkPage> ListAsync(LinkQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);
}
