using Cassandra;
using Shortener.Core.Links;

namespace Shortener.Storage.Cassandra;

/// <summary>A row of the table links, which may be that of a deleted link.</summary>
/// <param name="Link">What the link is, or was when it was deleted: then version and request id are the deletion's.</param>
/// <param name="MadeBy">The request that made it.</param>
/// <param name="Writers">The requests of the last few writes, the last one last.</param>
/// <param name="IsDeleted">Whether it is deleted.</param>
internal sealed record LinkRow(Link Link, Guid MadeBy, IReadOnlyList<Guid> Writers, bool IsDeleted)
{
    /// <summary>How many writes are known by <see cref="Writers"/>: more than race for one link while an answer is lost.</summary>
    private const int MaxWriters = 64;

    /// <summary>What <see cref="Values"/> are the values of.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "owner", "url", "is_custom", "created_at", "updated_at", "expires_at", "title", "tags", "redirect_status", "is_disabled",
        "version", "generation", "request_id",
    ];

    /// <summary>A link's values in the order of <see cref="Columns"/>.</summary>
    public static object?[] Values(Link link) =>
    [
        link.Owner, link.Url, link.IsCustom, link.CreatedAt, link.UpdatedAt, link.ExpiresAt, link.Title, link.Tags, link.RedirectStatus,
        link.IsDisabled, link.Version, link.Generation, link.RequestId,
    ];

    /// <summary>The writers after a further write.</summary>
    public static IReadOnlyList<Guid> WritersAfter(LinkRow? before, Guid requestId) =>
        [.. (before?.Writers ?? []).TakeLast(MaxWriters - 1), requestId];

    public static LinkRow Read(Row row) => new(
        new Link
        {
            Alias = row.GetValue<string>("alias"),
            Owner = row.GetValue<string>("owner"),
            Url = row.GetValue<string>("url"),
            IsCustom = row.GetValue<bool>("is_custom"),
            CreatedAt = row.GetValue<DateTimeOffset>("created_at"),
            UpdatedAt = row.GetValue<DateTimeOffset>("updated_at"),
            ExpiresAt = row.GetValue<DateTimeOffset?>("expires_at"),
            Title = row.GetValue<string?>("title"),
            Tags = row.GetValue<string[]>("tags"),
            RedirectStatus = row.GetValue<int>("redirect_status"),
            IsDisabled = row.GetValue<bool>("is_disabled"),
            Version = row.GetValue<long>("version"),
            Generation = row.GetValue<int>("generation"),
            RequestId = row.GetValue<Guid>("request_id"),
        },
        row.GetValue<Guid>("made_by"),
        row.GetValue<Guid[]>("writers"),
        !row.IsNull("deleted_at"));
}
