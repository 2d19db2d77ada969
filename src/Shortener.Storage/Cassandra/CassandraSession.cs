using System.Collections.Concurrent;
using Cassandra;
using Shortener.Core;

namespace Shortener.Storage.Cassandra;

/// <summary>A statement's text, prepared when it is first used, and its values.</summary>
internal sealed record CqlStatement(string Text, params object?[] Values);

/// <summary>What became of a conditional write that was answered.</summary>
/// <param name="IsApplied">Whether it took place.</param>
/// <param name="Row">Otherwise what is stored: all of it for IF NOT EXISTS, else the columns of the condition.</param>
internal readonly record struct ConditionalResult(bool IsApplied, Row? Row);

/// <summary>
/// Executes statements at the levels of the settings. What the driver throws comes out as <see cref="StoreException"/>.
/// </summary>
internal sealed class CassandraSession(ISession session, CassandraSettings settings, TimeProvider time) : IDisposable
{
    /// <summary>The first pause before the outcome of a write is asked for, on average; each further one is longer.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>With a second node asked as well, what the driver takes on one connection: more would be refused by it.</summary>
    private const int MaxInFlight = 1_000;

    /// <summary>How many requests wait beyond those; further ones are refused at once.</summary>
    private const int MaxQueued = 10_000;

    private readonly SemaphoreSlim _places = new(MaxInFlight);
    private int _pending;
    private long _lostAnswers;

    private readonly ConcurrentDictionary<string, Task<PreparedStatement>> _prepared = new(StringComparer.Ordinal);

    /// <summary>The data centre whose nodes are asked.</summary>
    public string Datacenter => settings.LocalDatacenter;

    /// <summary>How often <see cref="DecideAsync"/> ran again.</summary>
    public long LostAnswers => Interlocked.Read(ref _lostAnswers);

    /// <summary>Reads what was acknowledged.</summary>
    public Task<List<Row>> ReadAsync(CqlStatement query, CancellationToken cancellationToken) =>
        ExecuteAsync(query, settings.ReadConsistency, isIdempotent: true, mayHaveWritten: false, cancellationToken);

    /// <summary>
    /// Reads what conditional writes have come to, finishing those that others left half done. An answer that does not come
    /// counts as an unknown outcome, so that <see cref="DecideAsync"/> asks again.
    /// </summary>
    public Task<List<Row>> ReadDecidedAsync(CqlStatement query, CancellationToken cancellationToken) =>
        // Not sent to two nodes at once: the two would only get in each other's way.
        ExecuteAsync(query, settings.SerialConsistency, isIdempotent: false, mayHaveWritten: true, cancellationToken);

    /// <summary>
    /// Writes what may be written twice, needs no condition and means nothing by itself: a failure leaves nothing open.
    /// </summary>
    public Task WriteAsync(CqlStatement write, CancellationToken cancellationToken) =>
        ExecuteAsync(write, settings.WriteConsistency, isIdempotent: true, mayHaveWritten: false, cancellationToken);

    /// <summary>Writes on conditions: all of the statements, which are about one partition, or none.</summary>
    /// <exception cref="StoreException">Unknown outcome: to be pursued by <see cref="DecideAsync"/>.</exception>
    public async Task<ConditionalResult> TryAsync(CancellationToken cancellationToken, params IReadOnlyList<CqlStatement> writes)
    {
        Statement statement;
        if (writes is [var single])
        {
            statement = await BindAsync(single, cancellationToken);
        }
        else
        {
            var batch = new BatchStatement();
            foreach (var write in writes) batch.Add(await BindAsync(write, cancellationToken));
            statement = batch;
        }

        statement.SetSerialConsistencyLevel(settings.SerialConsistency);
        var rows = await SendAsync(
            statement, settings.WriteConsistency, isIdempotent: false, mayHaveWritten: true, cancellationToken);
        return rows[0].GetValue<bool>("[applied]") ? new(true, null) : new(false, rows[0].Length > 1 ? rows[0] : null);
    }

    /// <summary>
    /// Runs <paramref name="decide"/>, and again while it leaves open whether its conditional write took place. A node that was
    /// slow or lost may have done the write, or may still do it.
    /// </summary>
    /// <param name="decide">
    /// Given true where an earlier run may have written: then it first reads what is stored, by
    /// <see cref="ReadDecidedAsync"/>, and recognises its own write. A condition that an earlier run may still meet must be one that
    /// the later run's write makes false.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="StoreException">The outcome stayed unknown until the time for it was over.</exception>
    public async Task<T> DecideAsync<T>(Func<bool, Task<T>> decide, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var pause = FirstPause;
        var mayHaveWritten = false;
        while (true)
        {
            try
            {
                return await decide(mayHaveWritten);
            }
            catch (StoreException failure) when (mayHaveWritten || failure.Failure == StoreFailure.UnknownOutcome)
            {
                if (time.GetElapsedTime(start) + pause >= settings.DecisionTimeout)
                    throw CassandraErrors.UnknownOutcome(failure.InnerException ?? failure);
                mayHaveWritten = true;
                Interlocked.Increment(ref _lostAnswers);
            }

            // Spread, so that writers who met each other do not meet again.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<List<Row>> ExecuteAsync(
        CqlStatement statement, ConsistencyLevel consistency, bool isIdempotent, bool mayHaveWritten,
        CancellationToken cancellationToken) =>
        await SendAsync(await BindAsync(statement, cancellationToken), consistency, isIdempotent, mayHaveWritten, cancellationToken);

    private async Task<Statement> BindAsync(CqlStatement statement, CancellationToken cancellationToken)
    {
        var preparing = _prepared.GetOrAdd(statement.Text, session.PrepareAsync);
        try
        {
            return (await preparing.WaitAsync(cancellationToken)).Bind(statement.Values);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _prepared.TryRemove(KeyValuePair.Create(statement.Text, preparing));
            if (CassandraErrors.Translate(error, mayHaveWritten: false) is { } failure) throw failure;
            throw;
        }
    }

    private async Task<List<Row>> SendAsync(
        Statement statement, ConsistencyLevel consistency, bool isIdempotent, bool mayHaveWritten, CancellationToken cancellationToken)
    {
        statement.SetConsistencyLevel(consistency).SetIdempotence(isIdempotent).SetAutoPage(false)
            .SetReadTimeoutMillis((int)settings.RequestTimeout.TotalMilliseconds);
        if (Interlocked.Increment(ref _pending) > MaxInFlight + MaxQueued)
        {
            Interlocked.Decrement(ref _pending);
            throw new StoreException(StoreFailure.Unavailable, "Too many requests wait for Cassandra.");
        }

        try
        {
            await _places.WaitAsync(cancellationToken);
            try
            {
                return [.. await session.ExecuteAsync(statement).WaitAsync(cancellationToken)];
            }
            finally
            {
                _places.Release();
            }
        }
        catch (Exception error) when (CassandraErrors.Translate(error, mayHaveWritten) is { } failure)
        {
            throw failure;
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}
