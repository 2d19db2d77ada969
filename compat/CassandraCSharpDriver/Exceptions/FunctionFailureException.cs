namespace Cassandra;

/// <summary>A user-defined function failed (error 0x1400); the message names it.</summary>
public class FunctionFailureException : QueryExecutionException
{
    /// <summary>With what the server said.</summary>
    public FunctionFailureException(string message)
        : base(message)
    {
    }
}
