using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Cassandra.Protocol;

namespace Cassandra.Connections;

/// <summary>
/// One connection with many requests in flight. One loop writes what is queued, one reads answers; whatever goes wrong in either
/// closes the connection and fails the requests on it. No caller ever waits longer than its own time-out.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly Stream _transport;
    private readonly Configuration _configuration;
    private readonly Action<Response.Event> _onEvent;
    private readonly StreamTable _streams;
    private readonly Channel<PendingRequest> _queue = Channel.CreateUnbounded<PendingRequest>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<ConnectionException> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _stopping;
    private int _orphans;
    private int _isClosing;
    private volatile bool _heard;

    /// <summary>Takes over a transport that is open, and starts to read and write.</summary>
    public Connection(Stream transport, IPEndPoint host, Configuration configuration, Action<Response.Event> onEvent)
    {
        (_transport, Host, _configuration, _onEvent) = (transport, host, configuration, onEvent);
        _stopping = _stop.Token;
        _streams = new StreamTable(configuration.PoolingOptions.GetMaxRequestsPerConnection());
        _ = RunAsync(WriteAsync);
        _ = RunAsync(ReadAsync);
        _ = RunAsync(BeatAsync);
    }

    /// <summary>The host at the other end.</summary>
    public IPEndPoint Host { get; }

    /// <summary>How long requests wait that say nothing else, in milliseconds.</summary>
    public int DefaultTimeoutMillis => _configuration.SocketOptions.ReadTimeoutMillis;

    /// <summary>How many streams are taken.</summary>
    public int InFlight => _streams.Count;

    /// <summary>Whether it takes requests.</summary>
    public bool IsOpen => !_streams.IsClosed;

    /// <summary>Ends with the reason when the connection is closed.</summary>
    public Task<ConnectionException> Closed => _closed.Task;

    /// <summary>Sends a request and reads the answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeoutMillis">How long to wait; 0 for ever.</param>
    /// <exception cref="DriverException">The server answered with an error.</exception>
    /// <exception cref="BusyPoolException">All streams are taken; nothing was sent.</exception>
    /// <exception cref="OperationTimedOutException">There was no answer in time.</exception>
    /// <exception cref="SocketException">The connection is closed, or was before the answer came, or the answer cannot be read.</exception>
    public Task<Response> SendAsync(EncodedRequest request, int timeoutMillis) => SendAsync(new PendingRequest(request), timeoutMillis);

    /// <inheritdoc cref="SendAsync(EncodedRequest, int)"/>
    public async Task<Response> SendAsync(PendingRequest pending, int timeoutMillis)
    {
        if (!_streams.TryAdd(pending))
        {
            if (IsOpen) throw new BusyPoolException(Host, _configuration.PoolingOptions.GetMaxRequestsPerConnection(), 1);
            throw await Closed;
        }

        // A connection that closes now fails the request by itself.
        _queue.Writer.TryWrite(pending);
        var frame = await WaitAsync(pending, timeoutMillis);
        try
        {
            return ResponseReader.Read(frame, Host);
        }
        catch (MalformedFrameException exception)
        {
            Close(SocketError.ConnectionAborted, $"received {exception.Message}");
            throw await Closed;
        }
    }

    /// <summary>Asks the host for a sign of life; closes the connection where none comes in time.</summary>
    public async Task CheckAsync()
    {
        try
        {
            await SendAsync(Requests.Options, _configuration.SocketOptions.ConnectTimeoutMillis);
        }
        catch (BusyPoolException)
        {
            // Its requests in flight have time-outs of their own; too many of those close it.
        }
        catch (DriverException exception)
        {
            Close(SocketError.TimedOut, $"no sign of life: {exception.Message}");
        }
        catch (SocketException)
        {
            // It is closed already.
        }
    }

    /// <summary>Closes it and fails what is in flight. Only the first call counts.</summary>
    public void Close(SocketError code, string reason)
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0) return;
        var exception = new ConnectionException(code, Host, reason);
        _closed.TrySetResult(exception);
        _queue.Writer.TryComplete();
        foreach (var pending in _streams.Close()) pending.Fail(exception);
        _stop.Cancel();
        _stop.Dispose();
        _transport.Dispose();
    }

    /// <summary>Closes it because the driver has no use for it any more.</summary>
    public void Dispose() => Close(SocketError.OperationAborted, "the driver is shut down");

    private async Task<ResponseFrame> WaitAsync(PendingRequest pending, int timeoutMillis)
    {
        if (timeoutMillis == 0) return await pending.Answer;
        try
        {
            return await pending.Answer.WaitAsync(TimeSpan.FromMilliseconds(timeoutMillis), _configuration.TimeProvider);
        }
        catch (TimeoutException)
        {
            if (!pending.TryGiveUp()) return await pending.Answer;
            if (pending.WasWritten && Interlocked.Increment(ref _orphans) > _configuration.SocketOptions.DefunctReadTimeoutThreshold)
                Close(SocketError.TimedOut, $"more than {_configuration.SocketOptions.DefunctReadTimeoutThreshold} requests without an answer");
            throw new OperationTimedOutException(Host, timeoutMillis);
        }
    }

    private async Task RunAsync(Func<Task> loop)
    {
        // Off the caller's thread from the start.
        await Task.Yield();
        try
        {
            await loop();
            Close(SocketError.ConnectionReset, "closed by the host");
        }
        catch (MalformedFrameException exception)
        {
            Close(SocketError.ConnectionAborted, $"received {exception.Message}");
        }
        catch (Exception exception)
        {
            // Reading and writing fail in many ways, most of all when Close disposes of the transport; each ends the connection.
            var code = (exception.InnerException as SocketException)?.SocketErrorCode ?? SocketError.ConnectionReset;
            Close(code, exception.Message);
        }
    }

    private async Task WriteAsync()
    {
        var pipe = PipeWriter.Create(_transport, new StreamPipeWriterOptions(minimumBufferSize: 16 * 1024, leaveOpen: true));
        await new FrameWriter(pipe, _queue.Reader).WriteAllAsync(pending => _streams.TryRemove(pending.Stream, out _), _stopping);
    }

    private Task ReadAsync()
    {
        var pipe = PipeReader.Create(_transport, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        return new FrameReader(pipe, _configuration.MaxFrameLength).ReadAllAsync(Take, _stopping);
    }

    private void Take(ResponseFrame frame)
    {
        _heard = true;
        if (frame.Header.Stream == FrameHeader.EventStream)
        {
            if (ResponseReader.Read(frame, Host) is Response.Event change) _onEvent(change);
            return;
        }

        if (!_streams.TryRemove(frame.Header.Stream, out var pending))
            throw new MalformedFrameException($"an answer on stream {frame.Header.Stream}, where nothing was asked");
        if (!pending.TryAnswer(frame)) Interlocked.Decrement(ref _orphans);
    }

    /// <summary>Checks the host whenever it has said nothing for an interval.</summary>
    private async Task BeatAsync()
    {
        var interval = _configuration.PoolingOptions.GetHeartBeatInterval() is { } millis and > 0
            ? TimeSpan.FromMilliseconds(millis)
            : Timeout.InfiniteTimeSpan;
        using var timer = new PeriodicTimer(interval, _configuration.TimeProvider);
        while (await timer.WaitForNextTickAsync(_stopping))
        {
            if (!_heard) await CheckAsync();
            _heard = false;
        }
    }
}
