namespace Shortener.Storage.Redis;

/// <summary>How Redis is reached, and when it is taken for down.</summary>
/// <param name="Connection">
/// StackExchange.Redis's connection string: <c>host:port</c>, several of them for a cluster, or the Sentinels with
/// <c>serviceName=</c>.
/// </param>
/// <param name="ConnectTimeout">How long one try to connect may take.</param>
/// <param name="RetryInterval">How long to wait between two tries.</param>
/// <param name="Failures">So many failed calls within the window, if they are a fifth of all, take Redis for down; 2 or more.</param>
/// <param name="Window">The window; half a second or more.</param>
public sealed record RedisSettings(
    string Connection, TimeSpan ConnectTimeout, TimeSpan RetryInterval, int Failures, TimeSpan Window);
