using System.Net;
using System.Text;
using Shortener.Core.Keys;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Server.Links;

public sealed class NoKeyLeftTests
{
    private const string Secret = "a secret of more than 32 characters";
    private const int Length = 6;

    [Fact]
    public async Task With_every_key_in_use_custom_aliases_are_made_and_links_followed()
    {
        using var directory = new TemporaryDirectory();
        await UseUpAsync(directory.Path);
        await using var server = await ServerProcess.StartAsync(directory.Path, $"Keys:Secret={Secret}", $"Keys:Length={Length}");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", server.Key);

        (await client.MakeAsync(new { url = "https://example.com/" })).ExpectProblem(HttpStatusCode.InsufficientStorage, "no-key-left");
        (await client.MakeAsync(new { url = "https://example.com/" }, "Idempotency-Key: once"))
            .ExpectProblem(HttpStatusCode.InsufficientStorage, "no-key-left");
        (await client.MakeAsync(new { url = "https://example.com/", alias = "custom" })).Expect(HttpStatusCode.Created);
        (await client.ReadAsync("/custom")).Expect(HttpStatusCode.Redirect);
        Assert.Equal("Degraded", (await client.ReadAsync("/health/ready")).Expect(HttpStatusCode.OK).StringOf("status"));
        Assert.Contains($"set Shortener:Keys:Length to {Length + 1}", server.Output, StringComparison.Ordinal);
    }

    private static async Task UseUpAsync(string directory)
    {
        using var database = SqliteDatabase.Open(new SqliteSettings(directory, MaxBytes: 0, BusyTimeout: TimeSpan.FromSeconds(5)));
        var store = new SqliteKeyBlockStore(database);
        var asked = KeySpace.Create(Length, Encoding.UTF8.GetBytes(Secret));
        var space = (await store.ActivateAsync(asked, asked, CancellationToken.None))[0];
        LeaseResult lease;
        do lease = await store.LeaseAsync(space.Id, int.MaxValue, Guid.CreateVersion7(), "test", CancellationToken.None);
        while (lease.Outcome != LeaseOutcome.Exhausted);
    }
}
