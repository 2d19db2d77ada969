namespace Shortener.Core.Links;

/// <summary>
/// Where a resolver looks when its own memory does not know: the store itself, or a cache shared with other processes in front
/// of it.
/// </summary>
/// <remarks>
/// <para>An answer is what the store held at some time after the look-up began, unless a cache stands between: then it may be
/// older, by no more than that cache promises.</para>
/// <para>Calls may come from any thread and in any number, and return without blocking the calling thread.</para>
/// <para>That nobody can answer is a <see cref="StoreException"/>, never null.</para>
/// </remarks>
public interface ILinkLookup
{
    /// <summary>What the link leads to, also an expired or disabled one; null: there is none, or it is deleted.</summary>
    /// <exception cref="StoreException">The store cannot answer, and no cache knows.</exception>
    Task<LinkTarget?> FindAsync(string alias, CancellationToken cancellationToken);
}
