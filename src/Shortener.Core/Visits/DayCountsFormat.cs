using System.Text;

namespace Shortener.Core.Visits;

/// <summary>
/// How <see cref="DayCounts"/> are stored: a version; the visitors; the dimensions, each with its length, so that it can be
/// passed over. Numbers are 7 bits to a byte, texts UTF-8. About 12 bytes a value that was met in one hour.
/// </summary>
internal static class DayCountsFormat
{
    private const byte Version = 1;

    public static byte[] Write(DayCounts counts)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        WriteSection(writer, counts.Visitors.ToBytes());
        foreach (var dimension in counts.Dimensions)
        {
            writer.Write((byte)dimension);
            WriteSection(writer, WriteDimension(counts, dimension));
        }

        return stream.ToArray();
    }

    public static VisitorSketch ReadVisitors(byte[] bytes) =>
        VersionedBytes.Read(bytes, Version, reader => VisitorSketch.Parse(ReadSection(reader)));

    /// <summary>Adds what is stored, of one dimension or of all, to counts.</summary>
    public static void Read(byte[] bytes, VisitDimension? only, DayCounts counts) => VersionedBytes.Read(bytes, Version, reader =>
    {
        Skip(reader);
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var dimension = (VisitDimension)reader.ReadByte();
            if (only is null || only == dimension) ReadDimension(ReadSection(reader), dimension, counts);
            else Skip(reader);
        }

        return true;
    });

    private static byte[] WriteDimension(DayCounts counts, VisitDimension dimension)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        foreach (var value in counts.Of(dimension).GroupBy(count => count.Value, StringComparer.Ordinal))
        {
            writer.Write(value.Key);
            writer.Write7BitEncodedInt(value.Count());
            foreach (var (_, hour, visits) in value)
            {
                writer.Write((byte)hour);
                writer.Write7BitEncodedInt64(visits.People);
                writer.Write7BitEncodedInt64(visits.Bots);
            }
        }

        return stream.ToArray();
    }

    private static void ReadDimension(byte[] section, VisitDimension dimension, DayCounts counts)
    {
        using var reader = new BinaryReader(new MemoryStream(section));
        while (reader.BaseStream.Position < section.Length)
        {
            var value = reader.ReadString();
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
                counts.Add(reader.ReadByte(), dimension, value, reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        }
    }

    private static void WriteSection(BinaryWriter writer, byte[] section)
    {
        writer.Write7BitEncodedInt(section.Length);
        writer.Write(section);
    }

    private static byte[] ReadSection(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        return reader.ReadBytes(length) is var section && section.Length == length ? section : throw new EndOfStreamException();
    }

    private static void Skip(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        reader.BaseStream.Position += length;
        if (reader.BaseStream.Position > reader.BaseStream.Length) throw new EndOfStreamException();
    }
}
