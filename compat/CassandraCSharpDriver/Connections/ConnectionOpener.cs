using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Cassandra.Protocol;

namespace Cassandra.Connections;

/// <summary>Makes connections that are ready for requests: TCP, TLS, STARTUP, authentication, keyspace.</summary>
internal sealed class ConnectionOpener(Configuration configuration)
{
    private const int MaxChallenges = 16;

    /// <param name="host">Where to.</param>
    /// <param name="keyspace">The keyspace of its requests, or null.</param>
    /// <param name="onEvent">Takes the events that are registered for; called by the read loop, which it must not hold up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DriverException">The server refuses, or it took longer than the connect time-out.</exception>
    /// <exception cref="SocketException">There is no connection, or it was lost.</exception>
    public async Task<Connection> OpenAsync(
        IPEndPoint host, string? keyspace, Action<Response.Event> onEvent, CancellationToken cancellationToken)
    {
        var timeout = configuration.SocketOptions.ConnectTimeoutMillis;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeout), configuration.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var connection = new Connection(await ConnectAsync(host, either.Token), host, configuration, onEvent);
            try
            {
                await StartAsync(connection, keyspace).WaitAsync(either.Token);
                return connection;
            }
            catch (Exception exception)
            {
                connection.Close(SocketError.ConnectionAborted, $"not ready: {exception.Message}");
                throw;
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OperationTimedOutException(host, timeout);
        }
        catch (System.Security.Authentication.AuthenticationException exception)
        {
            throw new ConnectionException(SocketError.ConnectionRefused, host, $"no TLS: {exception.Message}");
        }
        catch (IOException exception)
        {
            throw new ConnectionException(SocketError.ConnectionReset, host, exception.Message);
        }
    }

    private async Task<Stream> ConnectAsync(IPEndPoint host, CancellationToken cancellationToken)
    {
        var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Configure(socket);
            await socket.ConnectAsync(host, cancellationToken);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return configuration.ProtocolOptions.SslOptions is { } tls ? await SecureAsync(plain, host, tls, cancellationToken) : plain;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Configure(Socket socket)
    {
        var options = configuration.SocketOptions;
        if (options.TcpNoDelay is { } noDelay) socket.NoDelay = noDelay;
        if (options.KeepAlive is { } keepAlive) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, keepAlive);
        if (options.ReceiveBufferSize is { } receive) socket.ReceiveBufferSize = receive;
        if (options.SendBufferSize is { } send) socket.SendBufferSize = send;
    }

    private static async Task<Stream> SecureAsync(Stream plain, IPEndPoint host, SSLOptions options, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = options.HostNameResolver(host.Address),
                EnabledSslProtocols = options.SslProtocol,
                ClientCertificates = options.CertificateCollection,
                CertificateRevocationCheckMode = options.CheckCertificateRevocation
                    ? System.Security.Cryptography.X509Certificates.X509RevocationMode.Online
                    : System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = options.RemoteCertValidationCallback,
            },
            cancellationToken);
        return secure;
    }

    private async Task StartAsync(Connection connection, string? keyspace)
    {
        // The caller's deadline is for all of it.
        var answer = await connection.SendAsync(Requests.Startup(configuration.ApplicationName, configuration.ApplicationVersion), 0);
        if (answer is Response.Authenticate asked) await AuthenticateAsync(connection, asked);
        else if (answer is not Response.Ready) throw Unexpected(connection, answer);
        if (keyspace is null) return;
        answer = await connection.SendAsync(Requests.Query($"USE \"{keyspace.Replace("\"", "\"\"", StringComparison.Ordinal)}\""), 0);
        if (answer is not Response.KeyspaceSet) throw Unexpected(connection, answer);
    }

    private async Task AuthenticateAsync(Connection connection, Response.Authenticate asked)
    {
        if (configuration.AuthProvider is not { } provider)
            throw new AuthenticationException($"The host asks for credentials ({asked.Authenticator}) and none are set", connection.Host);
        var authenticator = provider.NewAuthenticator(connection.Host);
        var token = authenticator.InitialResponse();
        for (var i = 0; i < MaxChallenges; i++)
        {
            var answer = await connection.SendAsync(Requests.AuthResponse(token), 0);
            if (answer is Response.AuthSuccess) return;
            if (answer is not Response.AuthChallenge challenge) throw Unexpected(connection, answer);
            token = authenticator.EvaluateChallenge(challenge.Token);
        }

        throw new AuthenticationException($"The host had not enough of {MaxChallenges} answers", connection.Host);
    }

    private static ConnectionException Unexpected(Connection connection, Response answer) =>
        new(SocketError.ProtocolNotSupported, connection.Host, $"an unexpected {answer.GetType().Name}");
}
