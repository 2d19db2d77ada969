namespace Cassandra;

/// <summary>How a load balancing policy sees a host.</summary>
public enum HostDistance
{
    /// <summary>Used first.</summary>
    Local = 0,

    /// <summary>Used when no local host can be.</summary>
    Remote = 1,

    /// <summary>Never used, and not connected to.</summary>
    Ignored = 2,
}
