using System.Globalization;

namespace Cassandra;

/// <summary>A day without a time or a zone, from 0001-01-01 to 9999-12-31; the server's range is wider.</summary>
public sealed class LocalDate : IEquatable<LocalDate>, IComparable<LocalDate>
{
    private static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
    private readonly DateOnly _date;

    /// <summary>A day of the Gregorian calendar.</summary>
    public LocalDate(int year, int month, int day)
        : this(new DateOnly(year, month, day))
    {
    }

    private LocalDate(DateOnly date) => _date = date;

    /// <summary>The year, 1 to 9999.</summary>
    public int Year => _date.Year;

    /// <summary>The month, 1 to 12.</summary>
    public int Month => _date.Month;

    /// <summary>The day of the month, 1 to 31.</summary>
    public int Day => _date.Day;

    /// <summary>Days since 1970-01-01 plus 2^31, as CQL sends them.</summary>
    internal uint CqlDays => (uint)(_date.DayNumber - UnixEpochDay + (1L << 31));

    /// <summary>Whether both name the same day.</summary>
    public static bool operator ==(LocalDate? left, LocalDate? right) => Equals(left, right);

    /// <summary>Whether they name different days.</summary>
    public static bool operator !=(LocalDate? left, LocalDate? right) => !Equals(left, right);

    /// <summary>Whether the left day is earlier.</summary>
    public static bool operator <(LocalDate left, LocalDate right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left day is earlier or the same.</summary>
    public static bool operator <=(LocalDate left, LocalDate right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left day is later.</summary>
    public static bool operator >(LocalDate left, LocalDate right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left day is later or the same.</summary>
    public static bool operator >=(LocalDate left, LocalDate right) => left.CompareTo(right) >= 0;

    /// <summary>Reads yyyy-MM-dd.</summary>
    public static LocalDate Parse(string value) => new(DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    internal static LocalDate FromCqlDays(uint days)
    {
        var number = days - (1L << 31) + UnixEpochDay;
        if (number < 0 || number > DateOnly.MaxValue.DayNumber)
            throw new InvalidTypeException($"The date {number - UnixEpochDay} days after 1970-01-01 is beyond the years 1 to 9999");
        return new LocalDate(DateOnly.FromDayNumber((int)number));
    }

    /// <summary>Midnight of the day in UTC.</summary>
    public DateTimeOffset ToDateTimeOffset() => new(_date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <inheritdoc/>
    public bool Equals(LocalDate? other) => other is not null && _date == other._date;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LocalDate);

    /// <inheritdoc/>
    public override int GetHashCode() => _date.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(LocalDate? other) => other is null ? 1 : _date.CompareTo(other._date);

    /// <summary>As yyyy-MM-dd.</summary>
    public override string ToString() => _date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
