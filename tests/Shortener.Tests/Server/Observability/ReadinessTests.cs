using System.Net;
using Microsoft.Data.Sqlite;

namespace Shortener.Tests.Server.Observability;

public sealed class ReadinessTests
{
    [Fact]
    public async Task Without_room_the_service_is_ready_but_degraded_until_something_is_written_again()
    {
        await using var server = await RunningServer.StartAsync("Storage:MaxBytes=1048576");
        var made = await FillAsync(server.Client);
        Assert.InRange(made.Count, 50, 1_000);
        var full = (await server.Client.ReadAsync("/health/ready")).Expect(HttpStatusCode.OK);
        Assert.Equal("Degraded", full.StringOf("status"));
        Assert.Equal("Degraded: no room is left for further links", full.Json.GetProperty("checks").GetProperty("room").GetString());
        (await server.Client.ReadAsync($"/{made[0]}")).Expect(HttpStatusCode.Redirect);

        foreach (var alias in made.Take(20))
            (await server.Client.OfLinkAsync("PATCH", alias, """{"url":"https://example.com/","tags":null}""")).Expect(HttpStatusCode.OK);
        var roomy = (await server.Client.ReadAsync("/health/ready")).Expect(HttpStatusCode.OK);
        Assert.Equal("Healthy", roomy.StringOf("status"));
        Assert.Equal("Healthy", roomy.Json.GetProperty("checks").GetProperty("room").GetString());
        (await server.Client.MakeAsync(Large)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Once_damage_was_met_the_service_is_ready_but_degraded()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync(new { url = "https://example.com/", alias = "damaged" });
        // Not the status as a whole: the first keys may still be on their way.
        var before = (await server.Client.ReadAsync("/health/ready")).Expect(HttpStatusCode.OK);
        Assert.Equal("Healthy", before.Json.GetProperty("checks").GetProperty("damage").GetString());
        using (var connection = new SqliteConnection($"Data Source={server.DataDirectory}/shortener.db;Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE links SET tags = 'cut off'";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        (await server.Client.OfLinkAsync("GET", "damaged")).ExpectProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");
        var ready = (await server.Client.ReadAsync("/health/ready")).Expect(HttpStatusCode.OK);
        Assert.Equal("Degraded: the database is damaged, see the log", ready.Json.GetProperty("checks").GetProperty("damage").GetString());
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task The_services_own_pages_are_read_and_nothing_else(string path)
    {
        await using var server = await RunningServer.StartAsync();
        (await server.Client.CallAsync("HEAD", path)).Expect(HttpStatusCode.OK);
        foreach (var method in new[] { "DELETE", "POST", "FOO" })
            (await server.Client.CallAsync(method, path)).ExpectProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }

    private static object Large => new
    {
        url = "https://example.com/".PadRight(2_000, 'a'), tags = Enumerable.Range(0, 20).Select(i => $"{i:00}".PadRight(50, 't')),
    };

    private static async Task<List<string>> FillAsync(HttpClient client)
    {
        var made = new List<string>();
        while (true)
        {
            var answer = await client.MakeAsync(Large);
            if (answer.Status == (int)HttpStatusCode.InsufficientStorage)
            {
                Assert.Equal("storage-full", answer.ProblemCode);
                return made;
            }

            made.Add(answer.Expect(HttpStatusCode.Created).StringOf("alias")!);
        }
    }
}
