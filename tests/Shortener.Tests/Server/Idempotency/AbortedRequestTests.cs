using System.Net;
using Microsoft.Data.Sqlite;

namespace Shortener.Tests.Server.Idempotency;

public sealed class AbortedRequestTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_client_that_gave_up_while_the_store_was_slow_can_repeat_its_request()
    {
        await using var server = await RunningServer.StartAsync("Storage:BusyTimeout=00:00:30");
        var link = new { url = "https://example.com/" };
        (await server.Client.MakeAsync(link)).Expect(HttpStatusCode.Created);
        using (var other = new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "shortener.db")};Pooling=False"))
        {
            other.Open();
            using var hold = other.BeginTransaction(deferred: false);
            using var impatient = server.ClientFor(server.Key);
            impatient.Timeout = TimeSpan.FromSeconds(1);
            await Assert.ThrowsAsync<TaskCanceledException>(() => impatient.MakeAsync(link, "Idempotency-Key: again"));
            hold.Rollback();
        }

        // 409 until the first try has noticed that its client is gone; a lock that stays is caught by the time-out.
        var answer = await server.Client.MakeAsync(link, "Idempotency-Key: again");
        while (answer.Status == (int)HttpStatusCode.Conflict) answer = await server.Client.MakeAsync(link, "Idempotency-Key: again");
        answer.Expect(HttpStatusCode.Created);
    }
}
