using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>Work that keeps a connection of a database busy until the gate is opened.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _work = Task.CompletedTask;

    /// <summary>The writer is busy when it completes: what is queued then shares the next transaction.</summary>
    public static Task<Gate> BeforeWritesAsync(SqliteDatabase database) =>
        EnterAsync(work => database.WriteAsync(work, CancellationToken.None));

    /// <summary>One of the read connections is busy when it completes.</summary>
    public static Task<Gate> BeforeAReadAsync(SqliteDatabase database) =>
        EnterAsync(work => database.ReadAsync(work, CancellationToken.None));

    /// <summary>Lets the work end, and waits for it.</summary>
    public Task OpenAsync()
    {
        _opened.SetResult();
        return _work;
    }

    private static async Task<Gate> EnterAsync(Func<Func<SqliteSession, bool>, Task<bool>> run)
    {
        var gate = new Gate();
        gate._work = run(session =>
        {
            gate._entered.SetResult();
            gate._opened.Task.GetAwaiter().GetResult();
            return true;
        });
        await gate._entered.Task;
        return gate;
    }
}
