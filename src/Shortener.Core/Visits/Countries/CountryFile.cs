namespace Shortener.Core.Visits.Countries;

/// <summary>
/// Tells the country of an address by a MaxMind-DB file (file format 2.0), and takes a newer file when there is one. Safe for use
/// by several threads at once.
/// </summary>
/// <remarks>
/// The file is read into memory, not mapped: whoever overwrites a mapped file in its place cuts it off first, and a look-up at
/// that moment ends the whole process (docs/decisions/0015). What is in memory goes when no look-up uses it any more.
/// </remarks>
public sealed class CountryFile
{
    /// <summary>A length that no file has, for one that cannot be opened.</summary>
    private static readonly (long Length, DateTime Written) Missing = (-1, default);

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
    public static CountryFile Load(string path) => new(path);

    /// <summary>The country of an address (ISO 3166-1 alpha-2), such as <c>SE</c>; empty if unknown. Never fails.</summary>
    /// <param name="address">
    /// The 4 bytes of an IPv4 address or the 16 of an IPv6 address, IPv4-mapped ones too; anything else is unknown.
    /// </param>
    public string Find(ReadOnlySpan<byte> address) => _tree.Find(address);

    /// <summary>
    /// Reads the file again if its length or the time of its last change is another one; links are followed. To be called now
    /// and then, by one caller at a time. A file that cannot be used changes nothing, and is not read again until it changes.
    /// </summary>
    public CountryFileChange Refresh()
    {
        if (Look() == _seen) return CountryFileChange.None;
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
        try
        {
            _seen = Missing;
            using var file = Open();
            // Before the content: if that changes meanwhile, the next look sees another time.
            _seen = StampOf(file);
            if (file.Length > Array.MaxLength) throw new InvalidDataException($"it has {file.Length} bytes");
            var content = new byte[file.Length];
            file.ReadExactly(content);
            return new CountryTree(content);
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

    private (long Length, DateTime Written) Look()
    {
        try
        {
            using var file = Open();
            return StampOf(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Missing;
        }
    }

    /// <summary>Whoever replaces the file is not kept from it.</summary>
    private FileStream Open() => new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static (long Length, DateTime Written) StampOf(FileStream file) =>
        (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
}
