namespace Cassandra;

/// <summary>A value and the type of its column do not fit.</summary>
public class InvalidTypeException : DriverException
{
    /// <summary>With what the server said.</summary>
    public InvalidTypeException(string message)
        : base(message)
    {
    }
}
