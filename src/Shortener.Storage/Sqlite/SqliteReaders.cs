using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Shortener.Core;

namespace Shortener.Storage.Sqlite;

/// <summary>
/// Read connections, a fixed number. A read never runs on the thread that asks for it, which may be a socket's, and waits
/// for no write: WAL readers see the last committed state.
/// </summary>
internal sealed class SqliteReaders : IDisposable
{
    private readonly Channel<SqliteSession> _idle = Channel.CreateUnbounded<SqliteSession>();
    private readonly string _file;
    private readonly int _count;
    private readonly int _maxQueued;
    private int _pending;

    public SqliteReaders(string connectionString, string file, int count, int maxQueued)
    {
        (_file, _count, _maxQueued) = (file, count, maxQueued);
        for (var i = 0; i < count; i++) _idle.Writer.TryWrite(new SqliteSession(connectionString));
    }

    /// <summary>Runs a query on one of the connections.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> query, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _pending) > _maxQueued + _count)
        {
            Interlocked.Decrement(ref _pending);
            throw new StoreException(StoreFailure.Unavailable, $"Too many reads wait for {_file}.");
        }

        try
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            var session = await _idle.Reader.ReadAsync(cancellationToken);
            try
            {
                return query(session);
            }
            catch (SqliteException error)
            {
                throw SqliteErrors.Translate(error, _file);
            }
            finally
            {
                // Closed meanwhile: this connection was not there to be closed with the others.
                if (!_idle.Writer.TryWrite(session)) session.Dispose();
            }
        }
        catch (ChannelClosedException)
        {
            throw new StoreException(StoreFailure.Unavailable, $"{_file} is closed.");
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    /// <summary>Closes the connections; a read that is running ends first and closes its own.</summary>
    public void Dispose()
    {
        _idle.Writer.TryComplete();
        while (_idle.Reader.TryRead(out var session)) session.Dispose();
    }
}
