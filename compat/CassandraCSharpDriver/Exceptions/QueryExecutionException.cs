namespace Cassandra;

/// <summary>A valid request failed while replicas worked on it.</summary>
public abstract class QueryExecutionException : QueryValidationException
{
    /// <summary>With what the server said.</summary>
    protected QueryExecutionException(string message)
        : base(message)
    {
    }

    /// <summary>With its cause.</summary>
    protected QueryExecutionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
