using System.Threading.Channels;
using Polly;
using Polly.CircuitBreaker;
using StackExchange.Redis;

namespace Shortener.Storage.Redis;

/// <summary>
/// A Redis that may be away: every call has its own deadline, and after a few failures none is made until a new connection
/// has answered. A connection is never waited for to recover: after a blackhole TCP's retransmissions are minutes apart.
/// </summary>
/// <remarks>
/// The breaker is closed by <see cref="RunAsync"/> and by nothing else, so no visitor's call is the one that finds out. It
/// begins open: a process starts without Redis as it goes on without it.
/// </remarks>
public sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>Of a thousand calls a second some fail in a hiccup; a fifth is none.</summary>
    private const double FailureRatio = 0.2;

    private readonly RedisSettings _settings;
    private readonly TimeProvider _time;
    private readonly RedisConnector _connector;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly CircuitBreakerManualControl _control = new(isIsolated: true);
    private readonly ResiliencePipeline _breaker;
    private readonly Channel<bool> _opened = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly List<(RedisChannel Channel, Action<string> Receive)> _subscriptions = [];
    private ConnectionMultiplexer? _current;
    private long _failures;
    private long _connections;
    private long? _backSince;

    /// <summary>Reaches for nothing until <see cref="RunAsync"/>.</summary>
    public RedisConnection(RedisSettings settings, TimeProvider time)
    {
        (_settings, _time, _connector) = (settings, time, new RedisConnector(settings));
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = settings.Failures,
                SamplingDuration = settings.Window,
                // Not ended by time but by a connection that answers; this is the longest that there is.
                BreakDuration = TimeSpan.FromDays(1),
                ShouldHandle = arguments => ValueTask.FromResult(RedisErrors.IsSignOfTrouble(arguments.Outcome.Exception)),
                OnOpened = _ =>
                {
                    _opened.Writer.TryWrite(true);
                    return ValueTask.CompletedTask;
                },
                StateProvider = _state,
                ManualControl = _control,
            })
            .Build();
    }

    /// <summary>Told of each change between up (true) and down, with the reason for down.</summary>
    public event Action<bool, Exception?>? Changed;

    /// <summary>Whether calls are made at all.</summary>
    public bool IsUp => _state.CircuitState == CircuitState.Closed;

    /// <summary>Calls that failed or came too late; those that were not made do not count.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Connections that answered and were taken into use.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>
    /// Whether it has come back less than <paramref name="time"/> ago: then other processes may have changes that they could not
    /// write to Redis while it was away.
    /// </summary>
    public bool IsBackSinceLessThan(TimeSpan time) => _backSince is { } since && _time.GetElapsedTime(since) < time;

    /// <summary>What is wrong with a connection string; null: nothing.</summary>
    public static string? ErrorIn(string connection) => RedisConnector.ErrorIn(connection);

    /// <summary>Hands what is published on a channel to <paramref name="receive"/>; call it before <see cref="RunAsync"/>.</summary>
    public void Subscribe(string channel, Action<string> receive) =>
        _subscriptions.Add((new RedisChannel(channel, RedisChannel.PatternMode.Literal), receive));

    /// <summary>Makes a call, unless Redis is down. Never throws for what Redis or the network does.</summary>
    /// <param name="call">Starts the call; may make several, one after the other.</param>
    /// <param name="timeout">How long to wait for its answer. It goes on behind that, and may still take effect.</param>
    public async ValueTask<RedisAnswer<T>> CallAsync<T>(Func<IDatabase, Task<T>> call, TimeSpan timeout)
    {
        if (!IsUp || Volatile.Read(ref _current) is not { } connection) return default;
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false);
        try
        {
            var outcome = await _breaker.ExecuteOutcomeAsync(
                static (_, state) => AttemptAsync(state.Connection, state.Call, state.Timeout, state.Time),
                context,
                (Connection: connection, Call: call, Timeout: timeout, Time: _time));
            if (outcome.Exception is null) return new RedisAnswer<T>(true, outcome.Result);
            if (outcome.Exception is BrokenCircuitException) return default;
            Interlocked.Increment(ref _failures);
            // The master has become a replica: only another connection finds the new one.
            if (RedisErrors.IsReadOnly(outcome.Exception)) await _control.IsolateAsync();
            return default;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Connects, and connects anew each time that the breaker has opened, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (IsUp)
            {
                await _opened.Reader.ReadAsync(cancellationToken);
                if (!IsUp) Changed?.Invoke(false, null);
                continue;
            }

            if (await TryConnectAsync(cancellationToken) is { } failure) Changed?.Invoke(false, failure);
            else Changed?.Invoke(true, null);
            // Also after a success: a server that connects and then fails each call is not tried without end.
            await Task.Delay(_settings.RetryInterval, _time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _current, null) is { } connection)
            await connection.CloseAsync(allowCommandsToComplete: false);
    }

    private static async ValueTask<Outcome<T>> AttemptAsync<T>(
        ConnectionMultiplexer connection, Func<IDatabase, Task<T>> call, TimeSpan timeout, TimeProvider time)
    {
        Task<T>? answer = null;
        try
        {
            answer = call(connection.GetDatabase());
            return Outcome.FromResult(await answer.WaitAsync(timeout, time));
        }
        catch (Exception failure) when (RedisErrors.IsExpected(failure))
        {
            if (answer is { IsCompleted: false }) Abandon(answer);
            return Outcome.FromException<T>(failure);
        }
    }

    /// <summary>The reason of a failure; null: a new connection is in use.</summary>
    private async Task<Exception?> TryConnectAsync(CancellationToken cancellationToken)
    {
        var connecting = ConnectAsync();
        try
        {
            // Connecting has a limit of its own, but the answers after it have none, and Sentinels come on top.
            var next = await connecting.WaitAsync(2 * _settings.ConnectTimeout, _time, cancellationToken);
            if (_current is not null) _backSince = _time.GetTimestamp();
            var last = Interlocked.Exchange(ref _current, next);
            Interlocked.Increment(ref _connections);
            await _control.CloseAsync(cancellationToken);
            if (last is not null) await last.CloseAsync(allowCommandsToComplete: false);
            return null;
        }
        catch (Exception failure) when (RedisErrors.IsExpected(failure) && !cancellationToken.IsCancellationRequested)
        {
            _ = CloseOnceConnectedAsync(connecting);
            return failure;
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var connection = await _connector.ConnectAsync();
        try
        {
            await connection.GetDatabase().PingAsync();
            foreach (var (channel, receive) in _subscriptions)
                await connection.GetSubscriber().SubscribeAsync(channel, (_, message) => receive(message!));
            return connection;
        }
        catch
        {
            await connection.CloseAsync(allowCommandsToComplete: false);
            throw;
        }
    }

    /// <summary>Nobody waits any more for a try that came too late, but what it opens must be closed.</summary>
    private static async Task CloseOnceConnectedAsync(Task<ConnectionMultiplexer> connecting)
    {
        try
        {
            var connection = await connecting;
            await connection.CloseAsync(allowCommandsToComplete: false);
        }
        catch (Exception failure) when (RedisErrors.IsExpected(failure))
        {
            // It was given up already, and its failure told.
        }
    }

    /// <summary>Looks at a late failure, so that it is no unobserved one.</summary>
    private static void Abandon(Task answer) => answer.ContinueWith(
        static late => _ = late.Exception, CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
