namespace Cassandra;

/// <summary>The query is well formed and still wrong, such as one of a table that is not there (error 0x2200).</summary>
public class InvalidQueryException : QueryValidationException
{
    /// <summary>With what the server said.</summary>
    public InvalidQueryException(string message)
        : base(message)
    {
    }

    /// <summary>With its cause.</summary>
    public InvalidQueryException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
