namespace Cassandra;

/// <summary>The coordinator has too much to do (error 0x1001). Writes may have begun.</summary>
public class OverloadedException : QueryValidationException
{
    /// <summary>With what the server said.</summary>
    public OverloadedException(string message)
        : base(message)
    {
    }
}
