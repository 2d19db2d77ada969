using System.Net;

namespace Cassandra;

/// <summary>A host did not answer within the driver's own time-out. A write may or may not be done.</summary>
public class OperationTimedOutException : DriverException
{
    /// <summary>With the time-out in milliseconds.</summary>
    public OperationTimedOutException(IPEndPoint address, int timeout)
        : base($"{address} did not answer within {timeout} ms")
    {
    }
}
