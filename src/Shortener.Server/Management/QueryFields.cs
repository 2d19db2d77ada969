using System.Globalization;
using Shortener.Core.Links;

namespace Shortener.Server.Management;

/// <summary>Reads the parameters of a query one by one and collects what is wrong with them.</summary>
public sealed class QueryFields(IQueryCollection query)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>What is wrong so far.</summary>
    public List<FieldError> Errors { get; } = [];

    /// <summary>A text; null where it is absent or empty.</summary>
    public string? Text(string name)
    {
        _known.Add(name);
        var values = query[name];
        if (values.Count > 1) Errors.Add(new(name, "Give it once."));
        return string.IsNullOrEmpty(values) ? null : values[0];
    }

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public int Number(string name, int otherwise, int min, int max)
    {
        if (Text(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        Errors.Add(new(name, string.Create(CultureInfo.InvariantCulture, $"Give a whole number from {min} to {max}.")));
        return otherwise;
    }

    /// <summary>One of some names; default where it is absent.</summary>
    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> names)
    {
        if (Text(name) is not { } text) return default;
        if (names.TryGetValue(text, out var value)) return value;
        Errors.Add(new(name, $"Give one of {string.Join(", ", names.Keys)}."));
        return default;
    }

    /// <summary>Call it last: tells of parameters that nobody asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var name in query.Keys.Where(name => !_known.Contains(name)))
            Errors.Add(new(name, $"There is no such parameter; there are {string.Join(", ", _known.Order(StringComparer.Ordinal))}."));
    }
}
