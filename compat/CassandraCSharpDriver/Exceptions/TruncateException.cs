namespace Cassandra;

/// <summary>A TRUNCATE failed (error 0x1003).</summary>
public class TruncateException : QueryExecutionException
{
    /// <summary>With what the server said.</summary>
    public TruncateException(string message)
        : base(message)
    {
    }
}
