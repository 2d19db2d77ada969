namespace Shortener.Core.Visits.Countries;

/// <summary>
/// Tells the country of an address by a MaxMind-DB file (file format 2.0), and takes a newer file when there is one. Safe for use
/// by several threads at once.
/// </summary>
/// <remarks>
/// The file is read into memory, not mapped: whoever overwrites a mapped file in its place cuts it off first, and a look-up at
/// that moment ends the whole process by SIGBUS (docs/decisions/0014). What is in memory goes when no look-up uses it any more.
/// </remarks>
public sealed class CountryFile
{
    private readonly string _path;
    private volatile CountryTree _tree;
    private (long Length, DateTime Written) _seen;

    private CountryFile(string path)
    {
        _path = path;
        _tree = Read();
    }

    /// <summary>Reads and checks a file as a whole.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="InvalidDataException">It cannot be used; a sentence says why and what to do.</exception>
    public static CountryFile Open(string path) => new(path);

    /// <summary>The country of an address (ISO 3166-1 alpha-2), such as <c>SE</c>; empty if unknown. Never fails.</summary>
    /// <param name="address">
    /// The 4 bytes of an IPv4 address or the 16 of an IPv6 address, IPv4-mapped ones too; anything else is unknown.
    /// </param>
    public string Find(ReadOnlySpan<byte> address) => _tree.Find(address);

    /// <summary>
    /// Reads the file again if its length or the time of its last change is another one. To be called now and then, by one caller
    /// at a time. A file that cannot be used changes nothing, and is not read again until it changes again.
    /// </summary>
    public CountryFileChange Refresh()
    {
        if (Stamp() == _seen) return CountryFileChange.None;
        try
        {
            _tree = Read();
            return CountryFileChange.Replaced;
        }
        catch (InvalidDataException failure)
        {
            return CountryFileChange.Refused(failure.Message);
        }
    }

    private CountryTree Read()
    {
        // Before the content: if that changes meanwhile, the next look sees another time.
        _seen = Stamp();
        try
        {
            return new CountryTree(File.ReadAllBytes(_path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            var reason = failure.Message.TrimEnd('.');
            if (failure is not InvalidDataException) reason = $"it cannot be read ({reason})";
            throw new InvalidDataException(
                $"The country file '{_path}' cannot be used: {reason}. Name a file in MaxMind-DB format with countries, such as"
                + " the one that eng/geo brings, or none.", failure);
        }
    }

    /// <summary>A file that is missing has a length that no file has.</summary>
    private (long Length, DateTime Written) Stamp()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : (-1, default);
    }
}
