namespace Cassandra.Protocol;

/// <summary>The requests that set a connection up and keep it; statements encode themselves.</summary>
internal static class Requests
{
    /// <summary>Asks what the server supports; the answer shows as well that it is alive.</summary>
    public static readonly EncodedRequest Options = new(Opcode.Options, ReadOnlyMemory<byte>.Empty);

    private static readonly string[] Events = ["TOPOLOGY_CHANGE", "STATUS_CHANGE", "SCHEMA_CHANGE"];

    public static EncodedRequest Startup(string? applicationName, string? applicationVersion)
    {
        var options = new Dictionary<string, string>
        {
            ["CQL_VERSION"] = "3.0.0",
            ["DRIVER_NAME"] = "Shortener stand-in for CassandraCSharpDriver",
            ["DRIVER_VERSION"] = typeof(Requests).Assembly.GetName().Version!.ToString(3),
        };
        if (applicationName is not null) options["APPLICATION_NAME"] = applicationName;
        if (applicationVersion is not null) options["APPLICATION_VERSION"] = applicationVersion;
        return Encode(Opcode.Startup, body => body.StringMap(options));
    }

    public static EncodedRequest AuthResponse(byte[]? token) => Encode(Opcode.AuthResponse, body => body.Bytes(token));

    /// <summary>Asks for all events of the cluster on this connection.</summary>
    public static EncodedRequest Register() => Encode(Opcode.Register, body => body.StringList(Events));

    public static EncodedRequest Prepare(string query) => Encode(Opcode.Prepare, body => body.LongString(query));

    /// <summary>A query of the driver's own, without values and pages.</summary>
    public static EncodedRequest Query(string query) => Encode(Opcode.Query, body =>
    {
        body.LongString(query);
        body.Consistency(ConsistencyLevel.One);
        body.Byte(0);
    });

    private static EncodedRequest Encode(Opcode opcode, Action<BodyWriter> write)
    {
        var body = new BodyWriter();
        write(body);
        return new EncodedRequest(opcode, body.Written);
    }
}
