using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Shortener.Core;

namespace Shortener.Storage.Sqlite;

/// <summary>
/// The one writer of a database. Writes queue up while a transaction is being synced to disk and then share the next one,
/// so that many callers wait for one fsync. A write is answered only after its transaction is on disk.
/// </summary>
/// <remarks>
/// Each write runs in a savepoint: one that fails undoes itself alone. Where SQLite has ended the whole transaction, or
/// ending it fails, every write in it fails. Runs on a thread of its own, since SQLite's calls block.
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

    /// <summary>Runs <paramref name="work"/> in a transaction; completes when that is on disk.</summary>
    /// <param name="work">Reads and writes; has no effect when it throws.</param>
    /// <param name="cancellationToken">Gives up waiting; a write not begun by then is dropped.</param>
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

        return write.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Finishes the writes that wait, then ends the thread.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private void Run()
    {
        var batch = new List<Write>(_maxBatch);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < _maxBatch && _queue.TryTake(out var next)) batch.Add(next);
            batch.RemoveAll(write => write.DropIfCancelled());
            if (batch.Count > 0) Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<Write> batch)
    {
        var atCommit = false;
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var write in batch) RunInSavepoint(write);
            atCommit = true;
            _session.Execute("COMMIT");
            Interlocked.Increment(ref _transactions);
            Interlocked.Add(ref _writes, batch.Count);
            foreach (var write in batch) write.Complete();
        }
        catch (Exception failure)
        {
            // Whatever it was, every caller must hear of it and the thread must live on for the writes to come.
            Exception answer = failure is SqliteException error ? SqliteErrors.Translate(error, _file, atCommit) : failure;
            answer = Rollback() ?? answer;
            foreach (var write in batch) write.Fail(answer);
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
            write.Fail(failure is SqliteException error ? SqliteErrors.Translate(error, _file) : failure);
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
            return SqliteErrors.Translate(error, _file, atCommit: true);
        }
    }

    private abstract class Write
    {
        public abstract void Run(SqliteSession session);

        public abstract bool DropIfCancelled();

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Write<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) : Write
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _answer.Task;

        public override void Run(SqliteSession session) => _result = work(session);

        public override bool DropIfCancelled() =>
            cancellationToken.IsCancellationRequested && _answer.TrySetCanceled(cancellationToken);

        public override void Complete() => _answer.TrySetResult(_result);

        public override void Fail(Exception failure) => _answer.TrySetException(failure);
    }
}
