namespace Cassandra;

/// <summary>The server could not read a message of this driver (error 0x000A).</summary>
public class ProtocolErrorException : QueryValidationException
{
    /// <summary>With what the server said.</summary>
    public ProtocolErrorException(string message)
        : base(message)
    {
    }
}
