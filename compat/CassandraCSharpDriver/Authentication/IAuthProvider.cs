using System.Net;

namespace Cassandra;

/// <summary>How the driver shows servers who it is.</summary>
public interface IAuthProvider
{
    /// <summary>A new exchange with that server.</summary>
    IAuthenticator NewAuthenticator(IPEndPoint host);
}
