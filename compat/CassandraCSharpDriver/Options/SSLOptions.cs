using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Cassandra;

/// <summary>TLS to the servers. Certificates are checked against the system's trust unless a callback decides.</summary>
public class SSLOptions
{
    /// <summary>The system's choice of versions, without a check for revocation.</summary>
    public SSLOptions()
    {
    }

    /// <summary>With a choice of versions, of a check for revocation, and who decides about certificates (null: the system).</summary>
    public SSLOptions(
        SslProtocols sslProtocol, bool checkCertificateRevocation, RemoteCertificateValidationCallback? remoteCertValidationCallback) =>
        (SslProtocol, CheckCertificateRevocation, RemoteCertValidationCallback) =
        (sslProtocol, checkCertificateRevocation, remoteCertValidationCallback);

    /// <summary>The versions of TLS; None for the system's choice.</summary>
    public SslProtocols SslProtocol { get; }

    /// <summary>Whether certificates are checked for revocation.</summary>
    public bool CheckCertificateRevocation { get; private set; }

    /// <summary>Decides about a server's certificate; null for the system's own check.</summary>
    public RemoteCertificateValidationCallback? RemoteCertValidationCallback { get; private set; }

    /// <summary>The name that the certificate of the server with an address must have; the address itself unless set.</summary>
    public Func<IPAddress, string> HostNameResolver { get; private set; } = address => address.ToString();

    /// <summary>Certificates that the server may ask for.</summary>
    public X509CertificateCollection CertificateCollection { get; private set; } = [];

    /// <summary>Sets <see cref="CertificateCollection"/>.</summary>
    public SSLOptions SetCertificateCollection(X509CertificateCollection certificates)
    {
        CertificateCollection = certificates;
        return this;
    }

    /// <summary>Sets <see cref="HostNameResolver"/>.</summary>
    public SSLOptions SetHostNameResolver(Func<IPAddress, string> resolver)
    {
        HostNameResolver = resolver;
        return this;
    }

    /// <summary>Sets <see cref="CheckCertificateRevocation"/>.</summary>
    public SSLOptions SetCertificateRevocationCheck(bool flag)
    {
        CheckCertificateRevocation = flag;
        return this;
    }

    /// <summary>Sets <see cref="RemoteCertValidationCallback"/>.</summary>
    public SSLOptions SetRemoteCertValidationCallback(RemoteCertificateValidationCallback callback)
    {
        RemoteCertValidationCallback = callback;
        return this;
    }
}
