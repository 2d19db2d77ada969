namespace Prometheus;

/// <summary>A double that many threads change without a lock. It is kept as bits, so that NaN and -0 compare exactly.</summary>
internal struct AtomicDouble
{
    private long bits;

    public double Value
    {
        get => BitConverter.Int64BitsToDouble(Interlocked.Read(ref bits));
        set => Interlocked.Exchange(ref bits, BitConverter.DoubleToInt64Bits(value));
    }

    public void Add(double amount)
    {
        while (true)
        {
            var seen = Interlocked.Read(ref bits);
            if (TryReplace(seen, BitConverter.Int64BitsToDouble(seen) + amount))
                return;
        }
    }

    /// <summary>Sets the value if that makes it greater.</summary>
    public void RaiseTo(double target)
    {
        while (true)
        {
            var seen = Interlocked.Read(ref bits);
            if (!(target > BitConverter.Int64BitsToDouble(seen)) || TryReplace(seen, target))
                return;
        }
    }

    private bool TryReplace(long seen, double next) =>
        Interlocked.CompareExchange(ref bits, BitConverter.DoubleToInt64Bits(next), seen) == seen;
}
