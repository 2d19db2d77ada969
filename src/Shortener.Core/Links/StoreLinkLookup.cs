namespace Shortener.Core.Links;

/// <summary>Asks the store each time.</summary>
public sealed class StoreLinkLookup(ILinkStore store) : ILinkLookup
{
    /// <inheritdoc/>
    public async Task<LinkTarget?> FindAsync(string alias, CancellationToken cancellationToken) =>
        await store.FindAsync(alias, cancellationToken) is { } link ? LinkTarget.Of(link) : null;
}
