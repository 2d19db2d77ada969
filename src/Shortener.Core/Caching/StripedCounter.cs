using System.Runtime.InteropServices;

namespace Shortener.Core.Caching;

/// <summary>
/// A count that many threads raise at once without sharing a cache line: a cell a processor. Reading adds the cells up.
/// </summary>
public sealed class StripedCounter
{
    private static readonly int Cells = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount);

    private readonly Cell[] _cells = new Cell[Cells];

    /// <summary>Counts one more.</summary>
    public void Increment() => Interlocked.Increment(ref _cells[Thread.GetCurrentProcessorId() & (Cells - 1)].Value);

    /// <summary>The count so far.</summary>
    public long Value
    {
        get
        {
            long sum = 0;
            for (var i = 0; i < _cells.Length; i++) sum += Interlocked.Read(ref _cells[i].Value);
            return sum;
        }
    }

    /// <summary>128 bytes: processors fetch lines in pairs.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Cell
    {
        [FieldOffset(0)]
        public long Value;
    }
}
