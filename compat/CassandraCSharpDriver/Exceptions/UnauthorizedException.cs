namespace Cassandra;

/// <summary>The user may not do this (error 0x2100).</summary>
public class UnauthorizedException : QueryValidationException
{
    /// <summary>With what the server said.</summary>
    public UnauthorizedException(string message)
        : base(message)
    {
    }
}
