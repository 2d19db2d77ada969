namespace Cassandra.Protocol;

/// <summary>Bytes from a server that cannot be read. It ends the connection that they came from.</summary>
internal sealed class MalformedFrameException(string message) : Exception(message);
