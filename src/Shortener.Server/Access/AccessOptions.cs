using Shortener.Server.Settings;

namespace Shortener.Server.Access;

/// <summary>Developer keys.</summary>
public sealed class AccessOptions
{
    /// <summary>How long a recognised key is remembered.</summary>
    [Setting("How long a developer key is remembered before the store is asked again. A key revoked through this process stops at once.",
        Min = "00:00:00", Max = "00:10:00")]
    public TimeSpan RememberKeys { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a further admin key is made.</summary>
    [Setting("Makes and prints another developer key with every scope at start-up, for when the first one is lost.")]
    public bool NewAdminKey { get; set; }
}
