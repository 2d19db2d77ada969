using System.Net;

namespace Cassandra;

/// <summary>All connections to a host have as many requests in flight as they may. Nothing was sent.</summary>
public class BusyPoolException : DriverException
{
    /// <summary>With the limits that were reached.</summary>
    public BusyPoolException(IPEndPoint address, int maxRequestsPerConnection, int connectionLength)
        : base($"All {connectionLength} connections to {address} have {maxRequestsPerConnection} requests in flight") =>
        (Address, MaxRequestsPerConnection, ConnectionLength) = (address, maxRequestsPerConnection, connectionLength);

    /// <summary>The host.</summary>
    public IPEndPoint Address { get; }

    /// <summary>How many requests each connection may have in flight.</summary>
    public int MaxRequestsPerConnection { get; }

    /// <summary>How many connections there are.</summary>
    public int ConnectionLength { get; }
}
