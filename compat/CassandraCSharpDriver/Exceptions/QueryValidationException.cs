namespace Cassandra;

/// <summary>A server answered a request with an error.</summary>
public abstract class QueryValidationException : DriverException
{
    /// <summary>With what the server said.</summary>
    protected QueryValidationException(string message)
        : base(message)
    {
    }

    /// <summary>With its cause.</summary>
    protected QueryValidationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
