using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Shortener.Core.Visits.Live;
using StackExchange.Redis;

namespace Shortener.Storage.Redis;

/// <summary>
/// Brings visits as they come from the process where a link was followed to those where somebody follows its visits. Each of those
/// says every few seconds what it wants, and hears of no more than that. What Redis does not carry is lost: a feed is no ledger.
/// </summary>
public sealed class SharedFeeds
{
    /// <summary>Visits that wait for Redis; further ones are lost.</summary>
    private const int Waiting = 1_000;

    /// <summary>How often a process says what it wants.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How long it is believed: two of its messages can be lost.</summary>
    private static readonly TimeSpan Lifetime = 3 * Interval;

    private readonly RedisConnection _redis;
    private readonly LiveVisits _live;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly string _wantedChannel;
    private readonly string _visitsChannel;
    private readonly string _process = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private readonly Channel<(string Channel, string Message)> _outgoing =
        Channel.CreateBounded<(string, string)>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>To be made before the connection runs: it subscribes to what others want and tell.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="live">Who follows what here.</param>
    /// <param name="prefix">What the channels begin with.</param>
    /// <param name="timeout">How long Redis may take for a message.</param>
    /// <param name="time">The clock.</param>
    public SharedFeeds(RedisConnection redis, LiveVisits live, string prefix, TimeSpan timeout, TimeProvider time)
    {
        (_redis, _live, _timeout, _time) = (redis, live, timeout, time);
        (_wantedChannel, _visitsChannel) = (prefix + "visits-wanted", prefix + "visits");
        redis.Subscribe(_wantedChannel, text => Receive<LiveTopic>(text, topic => live.WantElsewhere(topic, Lifetime)));
        redis.Subscribe(_visitsChannel, text => Receive<LiveVisit>(text, live.Tell));
        live.Opened += topic => Send(_wantedChannel, topic);
        live.ToldElsewhere += visit => Send(_visitsChannel, visit);
    }

    /// <summary>Says what is wanted here and tells what others want, until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(WantAsync(cancellationToken), SendAsync(cancellationToken));

    private async Task WantAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var topic in _live.Topics) Send(_wantedChannel, topic);
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var (channel, message) in _outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            await _redis.CallAsync(
                database => database.PublishAsync(new RedisChannel(channel, RedisChannel.PatternMode.Literal), message), _timeout);
        }
    }

    private void Send<T>(string channel, T content) =>
        _outgoing.Writer.TryWrite((channel, JsonSerializer.Serialize(new Message<T>(_process, content))));

    /// <summary>Redis brings everybody's messages back, and perhaps those of a later version.</summary>
    private void Receive<T>(string text, Action<T> take)
    {
        if (Read<T>(text) is { } message && message.Process != _process) take(message.Content);
    }

    private static Message<T>? Read<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Message<T>>(text, JsonSerializerOptions.Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="Process">Who sent it.</param>
    /// <param name="Content">What it says.</param>
    private sealed record Message<T>(string Process, T Content);
}
