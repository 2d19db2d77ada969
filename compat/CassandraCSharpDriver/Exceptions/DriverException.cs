namespace Cassandra;

/// <summary>What the driver or a server reports about a request. All its exceptions but a lost connection's derive from this.</summary>
public class DriverException : Exception
{
    /// <summary>With what to tell the reader of a log.</summary>
    public DriverException(string message)
        : base(message)
    {
    }

    /// <summary>With its cause.</summary>
    public DriverException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
