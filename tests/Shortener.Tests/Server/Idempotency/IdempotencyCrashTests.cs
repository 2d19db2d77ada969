using System.Net;
using System.Text.Json;

namespace Shortener.Tests.Server.Idempotency;

public sealed class IdempotencyCrashTests
{
    private const int Requests = 400;
    private const int Clients = 16;

    [Fact]
    public async Task After_a_kill_every_repeated_request_has_made_one_link()
    {
        using var directory = new TemporaryDirectory();
        var answered = new string?[Requests];
        string key;
        await using (var server = await ServerProcess.StartAsync(directory.Path))
        {
            key = server.Key!;
            using var client = ClientFor(server, key);
            var kill = new Lazy<Task>(server.KillAsync);
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(async worker =>
            {
                for (var i = worker; i < Requests; i += Clients)
                {
                    try
                    {
                        answered[i] = (await MakeAsync(client, i)).Text;
                    }
                    catch (HttpRequestException)
                    {
                        // Killed: whether the link was made is not known.
                    }

                    if (i >= Requests / 2) await kill.Value;
                }
            }));
        }

        Assert.Contains(answered, answer => answer is null);
        await using var after = await ServerProcess.StartAsync(directory.Path);
        using var again = ClientFor(after, key);
        var repeated = await Task.WhenAll(Enumerable.Range(0, Requests).Select(i => MakeAsync(again, i)));
        for (var i = 0; i < Requests; i++)
        {
            repeated[i].Expect(HttpStatusCode.Created);
            if (answered[i] is { } before) Assert.Equal(before, repeated[i].Text);
        }

        var listed = await AliasesAsync(again);
        Assert.Equal(repeated.Select(answer => answer.StringOf("alias")!).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static Task<ApiAnswer> MakeAsync(HttpClient client, int i) =>
        client.MakeAsync(new { url = $"https://example.com/{i}" }, $"Idempotency-Key: request-{i}", "Host: sho.rt");

    private static HttpClient ClientFor(ServerProcess server, string key)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    private static async Task<List<string>> AliasesAsync(HttpClient client)
    {
        var (aliases, cursor) = (new List<string>(), "");
        do
        {
            var page = (await client.ReadAsync($"{Api.Links}?limit=100&cursor={cursor}")).Expect(HttpStatusCode.OK).Json;
            aliases.AddRange(page.GetProperty("items").EnumerateArray().Select(link => link.GetProperty("alias").GetString()!));
            cursor = page.GetProperty("nextCursor").ValueKind == JsonValueKind.Null ? null : page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return aliases;
    }
}
