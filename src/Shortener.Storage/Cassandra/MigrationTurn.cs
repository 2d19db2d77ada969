using Shortener.Core;

namespace Shortener.Storage.Cassandra;

/// <summary>
/// The right to migrate, which one process at a time has. It runs out by itself, so that a crash keeps nobody away for long.
/// </summary>
internal sealed class MigrationTurn : IAsyncDisposable
{
    /// <summary>Longer than one change of the schema takes.</summary>
    private const int Seconds = 120;

    private const string Hold = "UPDATE schema_migrations USING TTL ? SET holder = ? WHERE part = ? IF holder = ?";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly CassandraSession _session;
    private readonly Guid _holder = Guid.CreateVersion7();

    private MigrationTurn(CassandraSession session) => _session = session;

    /// <summary>Waits for a turn: until the holder is done, or the turn of one that crashed runs out.</summary>
    /// <param name="session">Where the schema is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="waiting">Told once, in a sentence, that another process has the turn.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<MigrationTurn> TakeAsync(
        CassandraSession session, TimeProvider time, Action<string> waiting, CancellationToken cancellationToken)
    {
        var turn = new MigrationTurn(session);
        for (var tries = 1; !await turn.TryHoldAsync(ifHolderIs: null, cancellationToken); tries++)
        {
            if (tries == 2) waiting($"Another 'shortener migrate' is at work, or was killed: waiting for it, {Seconds} seconds at most.");
            await Task.Delay(Pause, time, cancellationToken);
        }

        return turn;
    }

    /// <summary>Begins the time anew in which nobody else gets a turn.</summary>
    /// <exception cref="StoreException">It had run out, and another process has the turn.</exception>
    public async Task ExtendAsync(CancellationToken cancellationToken)
    {
        if (await TryHoldAsync(_holder, cancellationToken)) return;
        throw new StoreException(
            StoreFailure.Unavailable, "This migration took too long, and another process goes on with it: run 'shortener migrate' again.");
    }

    /// <summary>Ends the turn.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _session.TryAsync(
                CancellationToken.None,
                new CqlStatement("UPDATE schema_migrations SET holder = null WHERE part = ? IF holder = ?", Migrations.Part, _holder));
        }
        catch (StoreException)
        {
            // It ends by itself, later.
        }
    }

    private Task<bool> TryHoldAsync(Guid? ifHolderIs, CancellationToken cancellationToken) => _session.DecideAsync(
        async mayHaveWritten =>
        {
            var result = await _session.TryAsync(cancellationToken, new CqlStatement(Hold, Seconds, _holder, Migrations.Part, ifHolderIs));
            return result.IsApplied || (mayHaveWritten && result.Row?.GetValue<Guid?>("holder") == _holder);
        },
        cancellationToken);
}
