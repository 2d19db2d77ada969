using System.Text.Json;
using Shortener.Core.Links;

namespace Shortener.Server.Management;

/// <summary>
/// Reads the members of a request's JSON object one by one and collects what is wrong with them, so that a client hears of
/// all of it at once. A member that nobody read is an error: it is usually a misspelt one.
/// </summary>
public sealed class JsonFields(JsonElement json)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);

    /// <summary>What is wrong so far.</summary>
    public List<FieldError> Errors { get; } = [];

    /// <summary>A string.</summary>
    public Field<string> Text(string name) =>
        Read(name, "a string", value => value.ValueKind == JsonValueKind.String ? value.GetString() : null);

    /// <summary>A whole number.</summary>
    public Field<long?> Number(string name) =>
        Read<long?>(name, "a whole number", value => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null);

    /// <summary>A time by RFC 3339.</summary>
    public Field<DateTimeOffset?> Time(string name) =>
        Read<DateTimeOffset?>(name, "a time by RFC 3339 such as 2030-01-31T12:00:00Z", value =>
            value.ValueKind == JsonValueKind.String && value.GetString() is { } text && Rfc3339.TryParse(text, out var time) ? time : null);

    /// <summary>A list of strings.</summary>
    public Field<IReadOnlyList<string>> Texts(string name) =>
        Read<IReadOnlyList<string>>(name, "a list of strings", value =>
            value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
                : null);

    /// <summary>Members that answers carry and requests may send back; they change nothing.</summary>
    public void Ignore(IEnumerable<string> names) => _ignored.UnionWith(names);

    /// <summary>Call it last: tells of members that nobody asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var member in json.EnumerateObject().Where(member => !_known.Contains(member.Name) && !_ignored.Contains(member.Name)))
        {
            Errors.Add(new(
                member.Name, $"There is no such field; there are {string.Join(", ", _known.Order(StringComparer.Ordinal))}."));
        }
    }

    private Field<T> Read<T>(string name, string kind, Func<JsonElement, T?> read)
    {
        _known.Add(name);
        if (!json.TryGetProperty(name, out var value)) return default;
        if (value.ValueKind == JsonValueKind.Null) return new Field<T>(true, default);
        T? result;
        try
        {
            result = read(value);
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is JSON, but no text.
            result = default;
        }

        if (result is null) Errors.Add(new(name, $"Give {kind}."));
        return new Field<T>(true, result);
    }
}
