using System.Net;

namespace Cassandra;

/// <summary>The server refused the credentials, or asks for some where none are set.</summary>
public class AuthenticationException : DriverException
{
    /// <summary>Without the host.</summary>
    public AuthenticationException(string message)
        : base(message)
    {
    }

    /// <summary>With the host that refused.</summary>
    public AuthenticationException(string message, IPEndPoint host)
        : base($"Authentication at {host} failed: {message}") => Host = host;

    /// <summary>The host that refused.</summary>
    public IPEndPoint? Host { get; }
}
