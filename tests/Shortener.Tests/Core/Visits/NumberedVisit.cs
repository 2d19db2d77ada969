using System.Globalization;
using System.Text;
using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

/// <summary>Visits that follow from a number, so that what is read can be told from what was never written.</summary>
internal static class NumberedVisit
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static Visit Of(int number) => new()
    {
        Time = Start.AddMilliseconds(number),
        Kind = (VisitKind)(number % 2),
        Generation = number * 3,
        Address = (UInt128)number << 64,
        Visitor = (ulong)number,
        Alias = string.Create(CultureInfo.InvariantCulture, $"alias{number}"),
        Owner = Text('o', number, 90),
        UserAgent = Text('u', number, 300),
        Referrer = Text('r', number, 70),
        AcceptLanguage = Text('l', number, 40),
        Query = Text('q', number, 50),
    };

    public static bool TryAppend(VisitSpool spool, int number) => spool.TryAppend(Of(number));

    /// <summary>The record as a segment holds it.</summary>
    public static byte[] Record(int number, Guid spool)
    {
        var bytes = new byte[VisitRecord.MaxBytes];
        return bytes[..VisitRecord.Write(Of(number), SegmentId.SeedOf(spool), bytes)];
    }

    /// <summary>The numbers of all records of a segment, each checked whole.</summary>
    public static List<int> ReadAll(SpoolReader reader)
    {
        var numbers = new List<int>();
        while (reader.TryRead(out var record)) numbers.Add(NumberOf(record));
        return numbers;
    }

    /// <inheritdoc cref="ReadAll(SpoolReader)"/>
    public static List<int> ReadAll(string path)
    {
        using var reader = SpoolReader.Open(path);
        return ReadAll(reader);
    }

    /// <summary>What is closed and not read yet.</summary>
    public static List<ClosedSegment> TakeClosed(VisitSpool spool)
    {
        var closed = new List<ClosedSegment>();
        while (spool.Closed.TryRead(out var segment)) closed.Add(segment);
        return closed;
    }

    private static int NumberOf(VisitRecord record)
    {
        var number = (int)record.Visitor;
        var expected = Of(number);
        Assert.Equal(expected.Time, record.Time);
        Assert.Equal(expected.Kind, record.Kind);
        Assert.Equal(expected.Generation, record.Generation);
        Assert.Equal(expected.Address, record.Address);
        Assert.Equal(expected.Alias, Encoding.UTF8.GetString(record.Alias));
        Assert.Equal(expected.Owner, Encoding.UTF8.GetString(record.Owner));
        Assert.Equal(expected.UserAgent, Encoding.UTF8.GetString(record.UserAgent));
        Assert.Equal(expected.Referrer, Encoding.UTF8.GetString(record.Referrer));
        Assert.Equal(expected.AcceptLanguage, Encoding.UTF8.GetString(record.AcceptLanguage));
        Assert.Equal(expected.Query, Encoding.UTF8.GetString(record.Query));
        return number;
    }

    private static string Text(char letter, int number, int bound) => new(letter, number * 7 % bound);
}
