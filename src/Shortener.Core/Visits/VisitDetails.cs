using System.Text;

namespace Shortener.Core.Visits;

/// <summary>What is read of a visit, its moment apart. Texts that are unknown, or that the visit does not have, are empty.</summary>
/// <param name="IsBot">Whether a program asked by itself.</param>
/// <param name="Country">The country (ISO 3166-1 alpha-2).</param>
/// <param name="Browser">The browser's family.</param>
/// <param name="System">The operating system's family.</param>
/// <param name="Device">The kind of device.</param>
/// <param name="Language">The language that the browser prefers.</param>
/// <param name="Referrer">The host of the page that the link was followed from.</param>
/// <param name="Utm">The campaign.</param>
public sealed record VisitDetails(
    bool IsBot, string Country, string Browser, string System, string Device, string Language, string Referrer, UtmFields Utm)
{
    private const byte Version = 1;

    /// <summary>The details as they are stored: a version, and the fields in their order; texts in UTF-8 with their length.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(IsBot);
        string[] texts =
            [Country, Browser, System, Device, Language, Referrer, Utm.Source, Utm.Medium, Utm.Campaign, Utm.Term, Utm.Content];
        foreach (var text in texts) writer.Write(text);
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It did not write that, or a newer version did.</exception>
    public static VisitDetails Parse(byte[] bytes) => VersionedBytes.Read(bytes, Version, reader => new VisitDetails(
        reader.ReadBoolean(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(),
        reader.ReadString(),
        new(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString())));
}
