namespace Cassandra;

/// <summary>The CQL text cannot be parsed (error 0x2000).</summary>
public class SyntaxError : QueryValidationException
{
    /// <summary>With what the server said.</summary>
    public SyntaxError(string message)
        : base(message)
    {
    }
}
