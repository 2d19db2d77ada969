using System.Net;
using System.Text;

namespace Cassandra;

/// <summary>A name and a password by SASL PLAIN (RFC 4616), for Cassandra's PasswordAuthenticator. Use TLS with it.</summary>
public class PlainTextAuthProvider : IAuthProvider
{
    private readonly byte[] _token;

    /// <summary>With the name and password that the servers know.</summary>
    public PlainTextAuthProvider(string username, string password) => _token = Encoding.UTF8.GetBytes($"\0{username}\0{password}");

    /// <inheritdoc/>
    public IAuthenticator NewAuthenticator(IPEndPoint host) => new Authenticator(_token);

    private sealed class Authenticator(byte[] token) : IAuthenticator
    {
        public byte[]? InitialResponse() => token;

        public byte[]? EvaluateChallenge(byte[]? challenge) => token;
    }
}
