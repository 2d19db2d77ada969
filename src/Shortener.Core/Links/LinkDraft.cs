namespace Shortener.Core.Links;

/// <summary>A field that a caller may leave out: absent is not the same as null.</summary>
public readonly record struct Field<T>(bool IsPresent, T? Value)
{
    /// <summary>The value where it is present, else <paramref name="otherwise"/>.</summary>
    public T? Or(T? otherwise) => IsPresent ? Value : otherwise;

    /// <summary>A present field.</summary>
    public static implicit operator Field<T>(T? value) => new(true, value);
}

/// <summary>What a caller asks a link to be, field by field, before anything of it is checked.</summary>
public sealed record LinkDraft
{
    /// <summary>The destination as given.</summary>
    public Field<string> Url { get; init; }

    /// <summary>The custom alias; absent or null: a key.</summary>
    public Field<string> Alias { get; init; }

    /// <summary>When it expires; null: never.</summary>
    public Field<DateTimeOffset?> ExpiresAt { get; init; }

    /// <summary>Seconds from now until it expires; not together with <see cref="ExpiresAt"/>.</summary>
    public Field<long?> Ttl { get; init; }

    /// <summary>A name for people.</summary>
    public Field<string> Title { get; init; }

    /// <summary>Labels.</summary>
    public Field<IReadOnlyList<string>> Tags { get; init; }

    /// <summary>301, 302, 307 or 308; null: the default.</summary>
    public Field<int?> RedirectStatus { get; init; }

    /// <summary>Whether its owner has it switched off.</summary>
    public Field<bool> IsDisabled { get; init; }

    /// <summary>
    /// Whether the state was sent back as "expired", which only time makes of a link: an existing link then stays switched on
    /// or off as it is, and a new one is refused.
    /// </summary>
    public bool IsSaidToBeExpired { get; init; }

    /// <summary>Fields that could not even be read; told to the caller together with what breaks a rule.</summary>
    public IReadOnlyCollection<FieldError> Unreadable { get; init; } = [];
}

/// <summary>What is wrong with one field, in a sentence for the caller.</summary>
public readonly record struct FieldError(string Field, string Message)
{
    /// <summary>A field that cannot be read breaks rules as well: the first error of each field is the cause.</summary>
    public static IReadOnlyCollection<FieldError> FirstOfEachField(IEnumerable<FieldError> errors) =>
        [.. errors.DistinctBy(error => error.Field, StringComparer.Ordinal)];
}
