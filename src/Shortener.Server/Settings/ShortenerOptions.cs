using Shortener.Server.Access;
using Shortener.Server.Hosting;
using Shortener.Server.KeyGen;
using Shortener.Server.RateLimits;
using Shortener.Server.Redirect;
using LinkOptions = Shortener.Server.Management.LinkOptions;

namespace Shortener.Server.Settings;

/// <summary>All settings, a class a feature: <c>Shortener:Feature:Name</c>.</summary>
public sealed class ShortenerOptions
{
    /// <summary>What the process is and where it is reached.</summary>
    public ServerOptions Server { get; } = new();

    /// <summary>Where data is kept.</summary>
    public StorageOptions Storage { get; } = new();

    /// <summary>How keys are made.</summary>
    public KeyOptions Keys { get; } = new();

    /// <summary>What a link may be.</summary>
    public LinkOptions Links { get; } = new();

    /// <summary>How visits are answered.</summary>
    public RedirectOptions Redirect { get; } = new();

    /// <summary>What is kept in memory.</summary>
    public CacheOptions Cache { get; } = new();

    /// <summary>Who may ask how often.</summary>
    public RateLimitOptions RateLimits { get; } = new();

    /// <summary>Developer keys.</summary>
    public AccessOptions Access { get; } = new();

    /// <summary>What one connection may cost.</summary>
    public ConnectionOptions Connections { get; } = new();
}
