namespace Cassandra;

/// <summary>The server failed in a way that it did not expect (error 0x0000).</summary>
public class ServerErrorException : QueryValidationException
{
    /// <summary>With what the server said.</summary>
    public ServerErrorException(string message)
        : base(message)
    {
    }
}
