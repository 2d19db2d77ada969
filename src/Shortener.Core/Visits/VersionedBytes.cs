namespace Shortener.Core.Visits;

/// <summary>What is stored of visits as bytes, the first of which is the version of the rest.</summary>
internal static class VersionedBytes
{
    /// <summary>Reads what comes behind the version.</summary>
    /// <exception cref="InvalidDataException">The version is another one, or the bytes are damaged.</exception>
    public static T Read<T>(byte[] bytes, byte version, Func<BinaryReader, T> read)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            if (reader.ReadByte() is var stored && stored != version)
                throw new InvalidDataException($"Visits are stored in version {stored}; this program knows version {version}.");
            return read(reader);
        }
        catch (Exception failure) when (failure is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("What is stored of visits is damaged.", failure);
        }
    }
}
