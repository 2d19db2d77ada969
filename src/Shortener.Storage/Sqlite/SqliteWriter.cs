using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Shortener.Core;

namespace Shortener.Storage.Sqlite;

/// <summary>
/// The one writer of a database. Writes queue up while a transaction is being synced to disk and then share the next one,
/// so that many callers wait for one fsync. A write is answered only after its transaction is on disk.
/// </summary>
/// <remarks>
/// Each write runs in a savepoint: one that fails undoes itself alone. Where SQLite ends the whole transaction over one write
/// (no room is left for it), the others run again, each in a transaction of its own. Where a transaction cannot be ended,
/// every write in it fails. Runs on a thread of its own, since SQLite's calls block.
/// </remarks>
internal sealed class SqliteWriter : IDisposable
{
    private readonly BlockingCollection<Write> _queue;
    private readonly SqliteSession _session;
    private readonly string _file;
    private readonly int _maxBatch;
    private readonly Thread _thread;
    private long _transactions;
    private long _writes;
    private volatile bool _lacksRoom;

    public SqliteWriter(SqliteSession session, string file, int maxQueued, int maxBatch)
    {
        (_session, _file, _maxBatch) = (session, file, maxBatch);
        _queue = new BlockingCollection<Write>(maxQueued);
        _thread = new Thread(Run) { Name = "sqlite writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Transactions on disk since the start.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Writes in those transactions.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>Whether a write found no room and none has been put on disk since.</summary>
    public bool LacksRoom => _lacksRoom;

    /// <summary>Runs <paramref name="work"/> in a transaction; completes when that is on disk.</summary>
    /// <param name="work">Reads and writes; has no effect when it throws. May be run more than once.</param>
    /// <param name="cancellationToken">
    /// Drops the write while it waits for its turn. Once it has begun it is waited for: who gives up knows that nothing was
    /// written, and caches that forget after a write do not forget too early.
    /// </param>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        var write = new Write<T>(work, cancellationToken);
        try
        {
            if (!_queue.TryAdd(write, 0, CancellationToken.None))
                throw new StoreException(StoreFailure.Unavailable, $"Too many writes wait for {_file}.");
        }
        catch (InvalidOperationException)
        {
            // The queue is closed for good: the service is stopping.
            throw new StoreException(StoreFailure.Unavailable, $"{_file} is closed.");
        }

        return write.Task;
    }

    /// <summary>Finishes the writes that wait, then ends the thread.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
#pragma warning disable RS0030 // What waits must be on disk before the files are closed.
        _thread.Join();
#pragma warning restore RS0030
        _queue.Dispose();
    }

    private void Run()
    {
        var batch = new List<Write>(_maxBatch);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < _maxBatch && _queue.TryTake(out var next)) batch.Add(next);
            batch.RemoveAll(write => !write.TryBegin());
            if (batch.Count > 0) Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<Write> batch)
    {
        Write? running = null;
        var atCommit = false;
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var write in batch) RunInSavepoint(running = write);
            atCommit = true;
            _session.Execute("COMMIT");
            if (!batch.Exists(write => write.IsAnswered)) _lacksRoom = false;
            Interlocked.Increment(ref _transactions);
            Interlocked.Add(ref _writes, batch.Count);
            foreach (var write in batch) write.Complete();
        }
        catch (Exception failure)
        {
            // Whatever it was, every caller must hear of it and the thread must live on for the writes to come.
            Exception answer = failure is SqliteException error ? Translate(error, atCommit) : failure;
            var rollbackFailure = Rollback();
            if (rollbackFailure is null && running is not null && !atCommit)
            {
                running.Fail(answer);
                foreach (var write in batch.Where(write => !write.IsAnswered)) Commit([write]);
                return;
            }

            foreach (var write in batch) write.Fail(rollbackFailure ?? answer);
        }
    }

    private void RunInSavepoint(Write write)
    {
        _session.Execute("SAVEPOINT write");
        try
        {
            write.Run(_session);
        }
        catch (Exception failure) when (!_session.IsAutoCommit)
        {
            _session.Execute("ROLLBACK TO write");
            write.Fail(failure is SqliteException error ? Translate(error, atCommit: false) : failure);
        }

        _session.Execute("RELEASE write");
    }

    /// <summary>Null where the transaction is undone; else why that failed too.</summary>
    private StoreException? Rollback()
    {
        try
        {
            if (!_session.IsAutoCommit) _session.Execute("ROLLBACK");
            return null;
        }
        catch (SqliteException error)
        {
            return Translate(error, atCommit: true);
        }
    }

    private StoreException Translate(SqliteException error, bool atCommit)
    {
        var failure = SqliteErrors.Translate(error, _file, atCommit);
        if (failure.Failure == StoreFailure.Full) _lacksRoom = true;
        return failure;
    }

    private abstract class Write
    {
        public abstract void Run(SqliteSession session);

        public abstract bool IsAnswered { get; }

        /// <summary>False: it was cancelled before.</summary>
        public abstract bool TryBegin();

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Write<T> : Write
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Func<SqliteSession, T> _work;
        private readonly CancellationTokenRegistration _cancellation;
        private T _result = default!;
        private int _isTaken;

        public Write(Func<SqliteSession, T> work, CancellationToken cancellationToken)
        {
            _work = work;
            _cancellation = cancellationToken.UnsafeRegister(
                static (write, token) => ((Write<T>)write!).Cancel(token), this);
        }

        public Task<T> Task => _answer.Task;

        public override bool IsAnswered => _answer.Task.IsCompleted;

        public override void Run(SqliteSession session) => _result = _work(session);

        public override bool TryBegin()
        {
            _cancellation.Unregister();
            return Take();
        }

        public override void Complete() => _answer.TrySetResult(_result);

        public override void Fail(Exception failure) => _answer.TrySetException(failure);

        private void Cancel(CancellationToken token)
        {
            if (Take()) _answer.TrySetCanceled(token);
        }

        private bool Take() => Interlocked.Exchange(ref _isTaken, 1) == 0;
    }
}
