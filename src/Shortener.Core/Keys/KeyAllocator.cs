namespace Shortener.Core.Keys;

/// <summary>A key that nobody has used: its alias, and the number and block that it goes back to if nobody will.</summary>
public readonly record struct Key(string Alias, long Number, KeyBlock Block);

/// <summary>No key can be had, and no repetition will help: the message says what to change.</summary>
public sealed class KeySpaceException(string message) : Exception(message);

/// <summary>Takes keys out of batches, one after the other, and hands back what is left. For one caller at a time.</summary>
public sealed class KeyAllocator(IKeyBatchSource source)
{
    private KeyBatch? _batch;
    private int _next;

    /// <summary>The next key, taking a batch where the last one is used up.</summary>
    /// <exception cref="KeySpaceException">The space is used up or closed.</exception>
    /// <exception cref="StoreException">No batch can be had now; calling again goes on where this call stopped.</exception>
    public async ValueTask<Key> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_batch is null) (_batch, _next) = (await source.TakeAsync(cancellationToken), 0);
            while (_batch is { } batch && _next < batch.Aliases.Count)
            {
                var place = _next++;
                if (batch.Aliases[place] is { } alias) return new Key(alias, batch.Block.Numbers.First + place, batch.Block);
            }

            _batch = null;
        }
    }

    /// <summary>
    /// Hands back what is left of the current batch together with <paramref name="unissued"/>, keys that came from here and
    /// never left the process.
    /// </summary>
    public async Task ReturnAsync(IEnumerable<Key> unissued, CancellationToken cancellationToken)
    {
        var byBlock = unissued.ToLookup(key => key.Block, key => new KeyRange(key.Number, key.Number + 1));
        var current = _batch?.Block;
        _batch = null;
        foreach (var block in byBlock.Select(group => group.Key).Append(current).OfType<KeyBlock>().Distinct())
        {
            var ranges = byBlock[block].ToList();
            if (block == current) ranges.Add(new KeyRange(block.Numbers.First + _next, block.Numbers.End));
            await source.ReturnAsync(block, Merge(ranges), cancellationToken);
        }
    }

    private static List<KeyRange> Merge(List<KeyRange> ranges)
    {
        var merged = new List<KeyRange>();
        foreach (var range in ranges.Where(range => range.Count > 0).OrderBy(range => range.First))
        {
            if (merged.Count > 0 && merged[^1].End == range.First) merged[^1] = new KeyRange(merged[^1].First, range.End);
            else merged.Add(range);
        }

        return merged;
    }
}
