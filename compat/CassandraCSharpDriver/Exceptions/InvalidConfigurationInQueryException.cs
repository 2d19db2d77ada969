namespace Cassandra;

/// <summary>The settings in a query are wrong, such as those of a keyspace (error 0x2300).</summary>
public class InvalidConfigurationInQueryException : QueryValidationException
{
    /// <summary>With what the server said.</summary>
    public InvalidConfigurationInQueryException(string message)
        : base(message)
    {
    }
}
