using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Shortener.Core.Links;

namespace Shortener.Server.Management;

/// <summary>A link's version as an entity tag, and conditions on it (RFC 9110, sections 8.8.3 and 13.1).</summary>
public static class EntityTag
{
    /// <summary>The tag of a link's state; the version goes on over deletion and re-creation, so no two states share one.</summary>
    public static string Of(Link link) => string.Create(CultureInfo.InvariantCulture, $"\"{link.Version}\"");

    /// <summary>The condition in If-Match; null where there is none, or it is met by every link (<c>*</c>). One that cannot be read is
    /// met by no link: the caller wanted a condition.</summary>
    public static Predicate<Link>? Condition(StringValues ifMatch)
    {
        if (ifMatch.Count == 0) return null;
        if (!EntityTagHeaderValue.TryParseList(ifMatch, out var tags)) return _ => false;
        if (tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))) return null;
        return link => tags.Any(tag => !tag.IsWeak && tag.Tag == Of(link));
    }

    /// <summary>Whether If-None-Match says that the client has this state already.</summary>
    public static bool IsKnown(StringValues ifNoneMatch, Link link) =>
        EntityTagHeaderValue.TryParseList(ifNoneMatch, out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == Of(link));
}
