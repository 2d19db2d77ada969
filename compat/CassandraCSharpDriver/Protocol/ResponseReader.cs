using System.Net;

namespace Cassandra.Protocol;

/// <summary>Reads the bodies of responses (section 4.2 of the protocol specification).</summary>
internal static class ResponseReader
{
    private const int Void = 1, Rows = 2, SetKeyspace = 3, Prepared = 4, SchemaChange = 5;

    /// <exception cref="DriverException">The response is an error, of the type that its code stands for.</exception>
    /// <exception cref="MalformedFrameException">The body is not what its header says.</exception>
    public static Response Read(ResponseFrame frame, IPEndPoint host)
    {
        var body = new BodyReader(frame.Body);
        if ((frame.Header.Flags & FrameFlags.Tracing) != 0) body.Take(16);
        var warnings = (frame.Header.Flags & FrameFlags.Warning) != 0 ? body.StringList() : [];
        if ((frame.Header.Flags & FrameFlags.CustomPayload) != 0) body.BytesMap();
        return ReadContent(frame, ref body, host) with { Warnings = warnings };
    }

    private static Response ReadContent(ResponseFrame frame, ref BodyReader body, IPEndPoint host) => frame.Opcode switch
    {
        Opcode.Error => throw ErrorReader.Read(ref body, host),
        Opcode.Ready => new Response.Ready(),
        Opcode.Authenticate => new Response.Authenticate(body.String()),
        Opcode.AuthChallenge => new Response.AuthChallenge(body.Bytes()),
        Opcode.AuthSuccess => new Response.AuthSuccess(),
        Opcode.Supported => new Response.Supported(body.StringMultimap()),
        Opcode.Result => ReadResult(frame.Body, ref body),
        Opcode.Event => ReadEvent(ref body),
        _ => throw new MalformedFrameException($"a response of opcode 0x{(byte)frame.Opcode:X2}"),
    };

    private static Response ReadResult(byte[] page, ref BodyReader body)
    {
        var kind = body.Int();
        return kind switch
        {
            Void => new Response.Done(),
            Rows => ReadRows(page, ref body),
            SetKeyspace => new Response.KeyspaceSet(body.String()),
            Prepared => ReadPrepared(ref body),
            SchemaChange => new Response.SchemaChanged(),
            _ => throw new MalformedFrameException($"a result of kind {kind}"),
        };
    }

    private static Response.Rows ReadRows(byte[] page, ref BodyReader body)
    {
        var metadata = RowSetMetadata.ReadRows(ref body, out var pagingState);
        var columns = metadata.Columns.Length;
        var count = body.Int();
        if (columns == 0 && count != 0) throw new MalformedFrameException($"{count} rows without columns");
        var rows = new Row[body.Count(count, 4 * columns)];
        var values = new (int Start, int Length)[rows.Length * columns];
        for (var i = 0; i < values.Length; i++) values[i] = body.SkipBytes();
        for (var i = 0; i < rows.Length; i++) rows[i] = new Row(metadata, page, values, i * columns);
        return new Response.Rows(metadata, rows, pagingState);
    }

    private static Response.Prepared ReadPrepared(ref BodyReader body)
    {
        var id = body.ShortBytes();
        var variables = RowSetMetadata.ReadVariables(ref body, out var partitionKey);
        // The metadata of the result follows. It comes with each result again, which shows columns that were added since.
        return new Response.Prepared(id, variables, partitionKey);
    }

    private static Response.Event ReadEvent(ref BodyReader body)
    {
        var type = body.String();
        var change = body.String();
        return new Response.Event(type, change, type == "SCHEMA_CHANGE" ? null : body.Inet());
    }
}
