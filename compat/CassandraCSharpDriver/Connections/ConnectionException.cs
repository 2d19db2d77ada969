using System.Net;
using System.Net.Sockets;

namespace Cassandra.Connections;

/// <summary>
/// A connection that cannot be had or was lost, also by bytes that cannot be read. Callers see a <see cref="SocketException"/>,
/// as from the official driver.
/// </summary>
internal sealed class ConnectionException(SocketError code, IPEndPoint host, string reason)
    : SocketException((int)code, $"Connection to {host}: {reason}");
