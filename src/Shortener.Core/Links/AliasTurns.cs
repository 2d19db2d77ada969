namespace Shortener.Core.Links;

/// <summary>
/// Lets changes of one link in this process take turns: writers of one link that race would only make each other's versions
/// outdated. Links share turns by their hash, which costs a wait and nothing else.
/// </summary>
internal sealed class AliasTurns
{
    private const int Count = 256;

    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for a turn; dispose of it to end it.</summary>
    public async ValueTask<Turn> TakeAsync(string alias, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)StringComparer.Ordinal.GetHashCode(alias) % Count];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    /// <summary>A turn that lasts until it is disposed of.</summary>
    public readonly struct Turn(SemaphoreSlim semaphore) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => semaphore.Release();
    }
}
