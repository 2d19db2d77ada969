using Shortener.Core.Destinations;

namespace Shortener.Core.Links;

/// <summary>The bounds of what a link may be.</summary>
/// <param name="DefaultLifetime">How long a link lives where its maker says nothing.</param>
/// <param name="MaxLifetime">The longest that a key without the right to "never" may ask for.</param>
/// <param name="DefaultRedirectStatus">301, 302, 307 or 308.</param>
public sealed record LinkRuleSettings(TimeSpan DefaultLifetime, TimeSpan MaxLifetime, int DefaultRedirectStatus);

/// <summary>Checks drafts and turns them into links; all that is wrong is said at once.</summary>
public sealed class LinkRules(DestinationPolicy destinations, LinkRuleSettings settings)
{
    /// <summary>The fewest seconds that a link may live for.</summary>
    public const long MinTtl = 1;

    /// <summary>The most characters of a title.</summary>
    public const int MaxTitleLength = 200;

    /// <summary>The most tags of a link.</summary>
    public const int MaxTags = 20;

    /// <summary>The most characters of a tag.</summary>
    public const int MaxTagLength = 50;

    /// <summary>The statuses that a redirect may have.</summary>
    public static readonly IReadOnlyList<int> RedirectStatuses = [301, 302, 307, 308];

    /// <summary>
    /// The state of <paramref name="current"/> with the present fields of <paramref name="draft"/> put over it. Alias,
    /// owner, version and times of writing are the caller's business.
    /// </summary>
    /// <param name="draft">What is asked for.</param>
    /// <param name="current">Where absent fields come from; for a new link, <see cref="Blank"/>.</param>
    /// <param name="mayNeverExpire">Whether the caller's key may ask for "never" and for more than the longest time.</param>
    /// <param name="now">The time of the request.</param>
    /// <param name="errors">Gets what is wrong; the result is of no use unless it stays empty.</param>
    public Link Apply(LinkDraft draft, Link current, bool mayNeverExpire, DateTimeOffset now, ICollection<FieldError> errors) =>
        current with
        {
            Url = draft.Url.IsPresent ? Destination(draft.Url.Value, errors) : current.Url,
            ExpiresAt = Expiry(draft, current, mayNeverExpire, now, errors),
            Title = draft.Title.IsPresent ? Title(draft.Title.Value, errors) : current.Title,
            Tags = draft.Tags.IsPresent ? Tags(draft.Tags.Value ?? [], errors) : current.Tags,
            RedirectStatus = draft.RedirectStatus.IsPresent ? Status(draft.RedirectStatus.Value, errors) : current.RedirectStatus,
            IsDisabled = draft.IsDisabled.Or(current.IsDisabled),
            UpdatedAt = now,
        };

    /// <summary>A link with every field at its default.</summary>
    public Link Blank(string alias, string owner, bool isCustom, DateTimeOffset now) => new()
    {
        Alias = alias,
        Owner = owner,
        Url = "",
        IsCustom = isCustom,
        CreatedAt = now,
        UpdatedAt = now,
        ExpiresAt = now + settings.DefaultLifetime,
        RedirectStatus = settings.DefaultRedirectStatus,
        RequestId = Guid.CreateVersion7(now),
    };

    /// <summary>Says what is wrong with a custom alias.</summary>
    public static void CheckAlias(string alias, ICollection<FieldError> errors)
    {
        if (!Alias.IsWellFormed(alias))
            errors.Add(new("alias", $"Use {Alias.MinLength} to {Alias.MaxLength} of A-Z, a-z, 0-9, - and _."));
        else if (ReservedAliases.Contains(alias))
            errors.Add(new("alias", $"'{alias}' is reserved for the service itself."));
    }

    private string Destination(string? url, ICollection<FieldError> errors)
    {
        if (destinations.Check(url ?? "", out var href) is { } error) errors.Add(new("url", error));
        return href;
    }

    private DateTimeOffset? Expiry(
        LinkDraft draft, Link current, bool mayNeverExpire, DateTimeOffset now, ICollection<FieldError> errors)
    {
        if (draft.Ttl is { IsPresent: true, Value: not null } && draft.ExpiresAt.IsPresent)
        {
            errors.Add(new("ttl", "Give either expiresAt or ttl."));
            return current.ExpiresAt;
        }

        if (draft.Ttl is { IsPresent: true, Value: { } seconds })
        {
            if (seconds >= MinTtl && seconds <= (DateTimeOffset.MaxValue - now).TotalSeconds - 1)
                return Bounded("ttl", now.AddSeconds(seconds), mayNeverExpire, now, errors);
            errors.Add(new("ttl", $"Give a whole number of seconds, from {MinTtl} to the end of the year 9999."));
            return current.ExpiresAt;
        }

        if (!draft.ExpiresAt.IsPresent) return current.ExpiresAt;
        // A time that is already set is accepted again, also when it has passed: clients send back what they were given.
        if (draft.ExpiresAt.Value == current.ExpiresAt) return current.ExpiresAt;
        if (draft.ExpiresAt.Value is not { } expiresAt)
        {
            if (!mayNeverExpire) errors.Add(new("expiresAt", "Only a key with the scope 'manage' may make a link that never expires."));
            return null;
        }

        if (expiresAt > now) return Bounded("expiresAt", expiresAt, mayNeverExpire, now, errors);
        errors.Add(new("expiresAt", "Give a time in the future; to stop a link now, set its state to 'disabled' or delete it."));
        return current.ExpiresAt;
    }

    private DateTimeOffset Bounded(
        string field, DateTimeOffset expiresAt, bool mayNeverExpire, DateTimeOffset now, ICollection<FieldError> errors)
    {
        if (!mayNeverExpire && expiresAt - now > settings.MaxLifetime)
            errors.Add(new(field, $"At most {settings.MaxLifetime.TotalDays:0} days from now, unless the key has the scope 'manage'."));
        return DateTimeOffset.FromUnixTimeMilliseconds(expiresAt.ToUnixTimeMilliseconds());
    }

    private static string? Title(string? title, ICollection<FieldError> errors)
    {
        title = title?.Trim();
        if (title?.Length > MaxTitleLength) errors.Add(new("title", $"At most {MaxTitleLength} characters."));
        if (title?.Any(char.IsControl) is true) errors.Add(new("title", "No control characters."));
        return title is "" ? null : title;
    }

    private static List<string> Tags(IReadOnlyList<string> tags, ICollection<FieldError> errors)
    {
        var kept = tags.Select(tag => tag?.Trim() ?? "").Distinct(StringComparer.Ordinal).ToList();
        if (kept.Count > MaxTags) errors.Add(new("tags", $"At most {MaxTags} tags."));
        if (kept.Any(tag => tag.Length is 0 or > MaxTagLength || tag.Any(char.IsControl)))
            errors.Add(new("tags", $"Each tag has 1 to {MaxTagLength} characters, none of them a control character."));
        return kept;
    }

    private int Status(int? status, ICollection<FieldError> errors)
    {
        if (status is { } given && !RedirectStatuses.Contains(given))
            errors.Add(new("redirectStatus", $"One of {string.Join(", ", RedirectStatuses)}."));
        return status ?? settings.DefaultRedirectStatus;
    }
}
