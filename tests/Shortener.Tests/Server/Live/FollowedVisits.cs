using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Shortener.Tests.Server.Live;

/// <summary>A client that follows visits as they come.</summary>
internal sealed class FollowedVisits : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private FollowedVisits(HttpResponseMessage answer, Stream body)
    {
        _answer = answer;
        _events = SseParser.Create(body).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
    }

    /// <summary>Begins to follow, and waits for the first event, a ping: from then on no visit is missed.</summary>
    public static async Task<FollowedVisits> OpenAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.ToString());
        var followed = new FollowedVisits(answer, await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.True(await followed._events.MoveNextAsync());
        Assert.Equal(("ping", ""), (followed._events.Current.EventType, followed._events.Current.Data));
        return followed;
    }

    /// <summary>The next visit; null: the answer has ended.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        while (await _events.MoveNextAsync())
        {
            if (_events.Current.EventType == "visit") return JsonDocument.Parse(_events.Current.Data).RootElement;
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _answer.Dispose();
    }
}
