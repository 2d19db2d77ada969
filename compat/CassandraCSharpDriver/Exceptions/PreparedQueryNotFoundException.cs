namespace Cassandra;

/// <summary>
/// The server does not know a prepared statement (error 0x2500). The driver prepares it again once and sends the request
/// again; this is thrown where that did not help.
/// </summary>
public class PreparedQueryNotFoundException : QueryValidationException
{
    /// <summary>With the id that the server does not know.</summary>
    public PreparedQueryNotFoundException(string message, byte[] unknownId)
        : base(message) => UnknownId = unknownId;

    /// <summary>The id that the server does not know.</summary>
    public byte[] UnknownId { get; }
}
