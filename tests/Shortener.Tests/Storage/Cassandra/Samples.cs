using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Cassandra;

/// <summary>Links for tests of what Cassandra does.</summary>
internal static class Samples
{
    public static Link NewLink(string alias, string owner = "ann") => new()
    {
        Alias = alias,
        Owner = owner,
        Url = $"https://example.com/{alias}",
        IsCustom = true,
        CreatedAt = DateTimeOffset.UnixEpoch.AddDays(20_000),
        UpdatedAt = DateTimeOffset.UnixEpoch.AddDays(20_000),
        RedirectStatus = 302,
        Tags = ["tag"],
        RequestId = Guid.CreateVersion7(),
    };
}
