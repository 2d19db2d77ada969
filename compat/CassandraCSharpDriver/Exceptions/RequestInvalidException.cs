namespace Cassandra;

/// <summary>A request that cannot be sent, such as a batch of too many statements.</summary>
public class RequestInvalidException : DriverException
{
    /// <summary>With what the server said.</summary>
    public RequestInvalidException(string message)
        : base(message)
    {
    }
}
