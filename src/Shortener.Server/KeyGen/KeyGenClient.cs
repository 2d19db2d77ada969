using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Shortener.Core.Keys;

namespace Shortener.Server.KeyGen;

/// <summary>
/// Takes keys from the processes of the key-generation role: from one as long as it answers, then from the next; one that failed
/// is left alone for a while. Reaching none, it leases from the store.
/// </summary>
public sealed partial class KeyGenClient : IKeyBatchSource, IDisposable
{
    /// <summary>A batch of 10,000 keys, the largest, takes 120 kB.</summary>
    private const int MaxAnswerBytes = 1 << 20;

    /// <summary>So that a name which means another address now is looked up again.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyList<Uri> _replicas;
    private readonly IKeyBatchSource _store;
    private readonly KeyGenOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<KeyGenClient> _logger;
    private readonly long[] _avoidUntil;
    private readonly HttpClient _http;
    private int _current;

    /// <param name="options">Where they are, and the token.</param>
    /// <param name="store">Where to lease while none is reached.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public KeyGenClient(KeyGenOptions options, IKeyBatchSource store, TimeProvider time, ILogger<KeyGenClient> logger)
    {
        (_options, _store, _time, _logger, _replicas) = (options, store, time, logger, options.Replicas);
        _avoidUntil = new long[_replicas.Count];
        // Not all processes begin with the same one.
        _current = Random.Shared.Next(_replicas.Count);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = ConnectionLifetime,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
    }

    /// <inheritdoc/>
    public async Task<KeyBatch> TakeAsync(CancellationToken cancellationToken)
    {
        var batch = await AskAsync(
            KeyGenEndpoints.KeysPath, content: null,
            async (answer, deadline) =>
                (await answer.Content.ReadFromJsonAsync(KeyGenJson.Default.BatchBody, deadline))?.ToBatch()
                    ?? throw new JsonException("the answer is no batch of keys"),
            cancellationToken);
        if (batch is not null) return batch;
        LogNoneReached();
        return await _store.TakeAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task ReturnAsync(KeyBlock block, IReadOnlyList<KeyRange> unused, CancellationToken cancellationToken)
    {
        var body = new ReturnedBody(BlockBody.Of(block), [.. unused.Select(range => new RangeBody(range.First, range.End))]);
        var isReturned = await AskAsync(
            KeyGenEndpoints.ReturnedPath, () => JsonContent.Create(body, KeyGenJson.Default.ReturnedBody),
            (_, _) => Task.FromResult(body), cancellationToken) is not null;
        // Safe also where one of them did take it and its answer was lost: the first call for a block counts.
        if (!isReturned) await _store.ReturnAsync(block, unused, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>What the first one that can be reached answers; null: none can.</summary>
    private async Task<T?> AskAsync<T>(
        string path, Func<HttpContent>? content, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var first = Volatile.Read(ref _current);
        for (var i = 0; i < _replicas.Count; i++)
        {
            var place = (first + i) % _replicas.Count;
            if (_time.GetUtcNow().UtcTicks < Volatile.Read(ref _avoidUntil[place])) continue;
            using var timeout = new CancellationTokenSource(_options.Timeout, _time);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_replicas[place], path)) { Content = content?.Invoke() };
                using var answer = await _http.SendAsync(request, deadline.Token);
                answer.EnsureSuccessStatusCode();
                var result = await read(answer, deadline.Token);
                Volatile.Write(ref _current, place);
                return result;
            }
            catch (Exception failure) when (IsOfReplica(failure) && !cancellationToken.IsCancellationRequested)
            {
                Volatile.Write(ref _avoidUntil[place], (_time.GetUtcNow() + _options.AvoidFor).UtcTicks);
                LogFailed(_replicas[place], timeout.IsCancellationRequested ? "no answer in time" : failure.Message);
            }
        }

        return null;
    }

    /// <summary>
    /// NotSupportedException: the answer is of another type than JSON. SocketException: HttpClient lets one through where a
    /// connection ends while it is still being opened.
    /// </summary>
    private static bool IsOfReplica(Exception failure) => failure is HttpRequestException or SocketException
        or OperationCanceledException or IOException or JsonException or NotSupportedException;

    [LoggerMessage(LogLevel.Warning, "{Replica} of the role keygen gave no keys, and is not asked for a while: {Reason}")]
    private partial void LogFailed(Uri replica, string reason);

    [LoggerMessage(LogLevel.Warning, "No process of the role keygen is reached: leasing keys from the store")]
    private partial void LogNoneReached();
}
