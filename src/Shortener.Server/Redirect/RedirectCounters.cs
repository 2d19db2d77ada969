using Shortener.Core.Caching;

namespace Shortener.Server.Redirect;

/// <summary>How visits ended, since the start.</summary>
public sealed class RedirectCounters
{
    /// <summary>Redirected.</summary>
    public StripedCounter Found { get; } = new();

    /// <summary>No such alias.</summary>
    public StripedCounter Unknown { get; } = new();

    /// <summary>Expired.</summary>
    public StripedCounter Expired { get; } = new();

    /// <summary>Switched off.</summary>
    public StripedCounter Disabled { get; } = new();

    /// <summary>The store could not answer.</summary>
    public StripedCounter Failed { get; } = new();
}
