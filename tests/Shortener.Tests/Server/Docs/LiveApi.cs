using Shortener.Core.Access;

namespace Shortener.Tests.Server.Docs;

/// <summary>Calls operations and fails the test where an answer is not as documented; remembers which answers came.</summary>
internal sealed class LiveApi(ApiDocument document)
{
    private static readonly string ABodyTooLarge = new('a', 70_000);

    private readonly HashSet<string> _given = [];

    /// <summary>"METHOD /path status" of every answer so far.</summary>
    public IReadOnlySet<string> Given => _given;

    /// <summary>Calls an operation at a path and with a body of its own.</summary>
    public async Task<ApiAnswer> CallAsync(
        HttpClient client, int status, string name, string path, object? body = null, params string[] headers)
    {
        var operation = document.Operation(name);
        var answer = await client.CallAsync(operation.Method, path, body, headers);
        Check(operation, status, answer);
        return answer;
    }

    /// <summary>Calls an operation with its documented example; what its path names does not exist.</summary>
    public async Task CallAsync(
        HttpClient client, int status, DocumentedOperation operation, string? method = null, string query = "", string? body = null,
        params string[] headers)
    {
        body ??= operation.HasBody ? operation.RequestExample.GetRawText() : null;
        Check(operation, status, await client.CallAsync(method ?? operation.Method, AbsentPath(operation) + query, body, headers));
    }

    /// <summary>Everything that is refused before it is looked at what is asked for.</summary>
    public async Task RefuseAsync(RunningServer server, DocumentedOperation operation)
    {
        using var nobody = server.ClientFor(null);
        using var powerless = server.ClientFor(await server.NewKeyAsync(Scopes.None));
        await CallAsync(nobody, 401, operation);
        await CallAsync(powerless, 403, operation);
        await CallAsync(server.Client, 405, operation, method: "PURGE");
        if (operation.Path.Contains('{', StringComparison.Ordinal)) await CallAsync(server.Client, 404, operation);
        if (operation.Parameters.Any(parameter => parameter.GetProperty("in").GetString() == "query"))
            await CallAsync(server.Client, 400, operation, query: "?limit=0&nosuchparameter=1");
        if (!operation.HasBody) return;
        await CallAsync(server.Client, 400, operation, body: "[]");
        if (operation.Method == "POST") await CallAsync(server.Client, 400, operation, body: """{"nosuchfield":1,"url":7}""");
        await CallAsync(server.Client, 413, operation, body: ABodyTooLarge);
        await CallAsync(server.Client, 415, operation, headers: "Content-Type: text/plain");
    }

    private void Check(DocumentedOperation operation, int status, ApiAnswer answer)
    {
        var faults = document.Faults(operation, answer);
        if (answer.Status != status || faults.Count > 0)
            Assert.Fail($"{operation.Name}: expected {status}, got {answer.Status} {answer.Text}\n{string.Join('\n', faults)}");
        _given.Add($"{operation.Name} {status}");
    }

    private static string AbsentPath(DocumentedOperation operation) =>
        operation.Path.Replace("{alias}", "absent", StringComparison.Ordinal).Replace("{id}", "absent", StringComparison.Ordinal);
}
