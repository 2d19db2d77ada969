using System.Text;

namespace Shortener.Core.Destinations;

/// <summary>
/// Punycode (RFC 3492), decoding only: ICU encodes, but will not decode labels with two hyphens in third place.
/// </summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int MinimumThreshold = 1;
    private const int MaximumThreshold = 26;

    /// <summary>Decodes what follows "xn--" in a label that ICU has found valid.</summary>
    public static string Decode(ReadOnlySpan<char> encoded)
    {
        var basic = encoded[..Math.Max(0, encoded.LastIndexOf('-'))];
        var deltas = encoded[(encoded.LastIndexOf('-') + 1)..];

        var output = new List<Rune>();
        foreach (var c in basic) output.Add(new Rune(c));

        var (codePoint, position, bias) = (0x80, 0, 72);
        while (!deltas.IsEmpty)
        {
            var delta = ReadDelta(ref deltas, bias);
            var length = output.Count + 1;
            bias = Adapt(delta, length, isFirst: output.Count == basic.Length);

            position += delta;
            codePoint += position / length;
            position %= length;
            output.Insert(position++, new Rune(codePoint));
        }

        return string.Concat(output);
    }

    private static int ReadDelta(ref ReadOnlySpan<char> deltas, int bias)
    {
        var (delta, weight) = (0, 1);
        for (var k = Base; !deltas.IsEmpty; k += Base)
        {
            var digit = char.IsAsciiDigit(deltas[0]) ? deltas[0] - '0' + 26 : deltas[0] - 'a';
            deltas = deltas[1..];
            delta += digit * weight;

            var threshold = Math.Clamp(k - bias, MinimumThreshold, MaximumThreshold);
            if (digit < threshold) break;
            weight *= Base - threshold;
        }

        return delta;
    }

    private static int Adapt(int delta, int length, bool isFirst)
    {
        delta /= isFirst ? 700 : 2;
        delta += delta / length;

        var k = 0;
        for (; delta > (Base - MinimumThreshold) * MaximumThreshold / 2; k += Base) delta /= Base - MinimumThreshold;
        return k + Base * delta / (delta + 38);
    }
}
