using System.Numerics;

namespace Shortener.Core.Visits;

/// <summary>
/// Counts different visitors without remembering any: HyperLogLog (Flajolet, Fusy, Gandouet, Meunier, "HyperLogLog: the analysis
/// of a near-optimal cardinality estimation algorithm", AofA 2007) with 4,096 registers and 64-bit hashes. The standard error is
/// 1.04 / sqrt(4096) = 1.6% at every size. Few visitors take a few bytes each, any number at most 4,097. Not for several threads.
/// </summary>
public sealed class VisitorSketch
{
    /// <summary>Bits of a hash that choose its register.</summary>
    private const int Precision = 12;

    private const int Registers = 1 << Precision;

    /// <summary>The highest rank: every other bit of a hash is zero.</summary>
    private const int MaxRank = 64 - Precision + 1;

    /// <summary>
    /// Used registers that are kept as pairs, three bytes each: beyond that an array is hardly larger, and faster.
    /// </summary>
    private const int MaxSparse = 1_024;

    private const byte SparseForm = 1, DenseForm = 2;

    /// <summary>Registers other than 0 while they are few; null: they are in <see cref="_dense"/>.</summary>
    private Dictionary<ushort, byte>? _sparse = [];

    private byte[]? _dense;

    /// <summary>Counts a visitor; again changes nothing.</summary>
    /// <param name="visitor">An id; ids may be of any kind, since they are hashed here.</param>
    public void Add(ulong visitor)
    {
        var hash = Mix(visitor);
        // The bit that is added ends the zeros of a hash that has no other.
        var rest = (hash << Precision) | (1UL << (Precision - 1));
        Raise((ushort)(hash >> (64 - Precision)), (byte)(BitOperations.LeadingZeroCount(rest) + 1));
    }

    /// <summary>Counts all visitors of another sketch: the result is that of a sketch which saw both.</summary>
    public void Add(VisitorSketch other)
    {
        foreach (var (register, rank) in other.Used()) Raise(register, rank);
    }

    /// <summary>How many different visitors there were, about.</summary>
    public long Count
    {
        get
        {
            var histogram = new int[MaxRank + 1];
            foreach (var (_, rank) in Used()) histogram[rank]++;
            histogram[0] = Registers - histogram.Sum();
            return (long)Math.Round(CardinalityEstimate.Of(histogram));
        }
    }

    /// <summary>The sketch as bytes: the same for the same registers.</summary>
    public byte[] ToBytes()
    {
        if (_dense is not null) return [DenseForm, .. _dense];
        return [SparseForm, .. Used().OrderBy(used => used.Register).SelectMany(
            used => new[] { (byte)(used.Register >> 8), (byte)used.Register, used.Rank })];
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It did not write that.</exception>
    public static VisitorSketch Parse(ReadOnlySpan<byte> bytes)
    {
        var sketch = new VisitorSketch();
        if (bytes is [DenseForm, .. var ranks] && ranks.Length == Registers)
        {
            for (var register = 0; register < Registers; register++) sketch.Restore(register, ranks[register]);
        }
        else if (bytes is [SparseForm, .. var pairs] && pairs.Length % 3 == 0)
        {
            for (; pairs.Length > 0; pairs = pairs[3..]) sketch.Restore((pairs[0] << 8) | pairs[1], pairs[2]);
        }
        else
        {
            throw new InvalidDataException("These bytes are no sketch of visitors.");
        }

        return sketch;
    }

    private void Restore(int register, byte rank)
    {
        if (register >= Registers || rank > MaxRank) throw new InvalidDataException("A sketch of visitors has no such register.");
        if (rank > 0) Raise((ushort)register, rank);
    }

    private IEnumerable<(ushort Register, byte Rank)> Used() => _sparse is not null
        ? _sparse.Select(pair => (pair.Key, pair.Value))
        : _dense!.Select((rank, register) => ((ushort)register, rank)).Where(used => used.rank > 0);

    private void Raise(ushort register, byte rank)
    {
        if (_dense is not null)
        {
            _dense[register] = Math.Max(_dense[register], rank);
            return;
        }

        _sparse![register] = Math.Max(_sparse.GetValueOrDefault(register), rank);
        if (_sparse.Count <= MaxSparse) return;
        var dense = new byte[Registers];
        foreach (var (used, itsRank) in _sparse) dense[used] = itsRank;
        (_dense, _sparse) = (dense, null);
    }

    /// <summary>
    /// The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): every bit of the id decides about every bit.
    /// </summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
