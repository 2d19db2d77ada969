using System.Globalization;
using System.Text;

namespace Shortener.Core.Destinations;

/// <summary>The IPv6 serialiser (WHATWG URL, section 3.6): lower-case pieces, the first longest run of zeros as "::".</summary>
internal static class Ipv6Serialiser
{
    public static string Serialise(ReadOnlySpan<ushort> pieces)
    {
        var (zerosAt, zeros) = LongestRunOfZeros(pieces);
        var address = new StringBuilder("[", 41);
        for (var i = 0; i < pieces.Length; i++)
        {
            if (i == zerosAt)
            {
                address.Append("::");
                i += zeros - 1;
                continue;
            }

            if (i > 0 && address[^1] != ':') address.Append(':');
            address.Append(CultureInfo.InvariantCulture, $"{pieces[i]:x}");
        }

        return address.Append(']').ToString();
    }

    /// <summary>Where the run begins and how long it is; a single zero is no run, and then the place is -1.</summary>
    private static (int Start, int Length) LongestRunOfZeros(ReadOnlySpan<ushort> pieces)
    {
        var (start, length) = (-1, 1);
        for (var i = 0; i < pieces.Length; i++)
        {
            var run = pieces[i..].IndexOfAnyExcept((ushort)0);
            if (run < 0) run = pieces.Length - i;
            if (run > length) (start, length) = (i, run);
        }

        return (start, length);
    }
}
