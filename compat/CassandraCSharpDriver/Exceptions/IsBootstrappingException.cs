namespace Cassandra;

/// <summary>The coordinator is still joining the ring (error 0x1002); nothing was begun.</summary>
public class IsBootstrappingException : QueryValidationException
{
    /// <summary>With what the server said.</summary>
    public IsBootstrappingException(string message)
        : base(message)
    {
    }
}
