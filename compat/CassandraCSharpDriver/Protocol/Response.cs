using System.Net;

namespace Cassandra.Protocol;

/// <summary>What a server answered, other than an error.</summary>
internal abstract record Response
{
    /// <summary>The server's warnings about the request.</summary>
    public string[] Warnings { get; init; } = [];

    internal sealed record Ready : Response;

    internal sealed record Authenticate(string Authenticator) : Response;

    internal sealed record AuthChallenge(byte[]? Token) : Response;

    internal sealed record AuthSuccess : Response;

    internal sealed record Supported(IReadOnlyDictionary<string, string[]> Options) : Response;

    /// <summary>A result that says nothing but that it was done.</summary>
    internal sealed record Done : Response;

    internal sealed record Rows(RowSetMetadata Metadata, Row[] Items, byte[]? PagingState) : Response;

    internal sealed record KeyspaceSet(string Keyspace) : Response;

    internal sealed record Prepared(byte[] Id, RowSetMetadata Variables, int[] PartitionKey) : Response;

    internal sealed record SchemaChanged : Response;

    /// <summary>An event: TOPOLOGY_CHANGE, STATUS_CHANGE or SCHEMA_CHANGE, what changed (NEW_NODE, UP ...) and of which host.</summary>
    internal sealed record Event(string Type, string Change, IPEndPoint? Host) : Response;
}
