using FsCheck;
using FsCheck.Fluent;
using Shortener.Core.Keys;

namespace Shortener.Tests.Core.Keys;

/// <summary>
/// Over any history of a deployment, no alias is given to two links: whatever is taken and put back, however each process
/// ends, and whichever secret and length the next one starts with, also an earlier one again, and also while processes with
/// other secrets still run.
/// </summary>
public sealed class KeyHistoryProperties
{
    private static readonly Gen<int> Processes = Gen.Choose(0, 2);

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, from count in Gen.Choose(1, 12) from process in Processes select new Step(StepKind.Take, count, process)),
        (2, from which in Gen.Choose(0, 1_000) from process in Processes select new Step(StepKind.PutBack, which, process)),
        (3, from which in Gen.Choose(0, 1_000) from process in Processes select new Step(StepKind.Collide, which, process)),
        (4, from kind in Gen.Elements(StepKind.Crash, StepKind.Drain)
            from secret in Gen.Choose(0, 2)
            from process in Processes
            from length in Gen.Frequency((4, Gen.Constant(6)), (1, Gen.Constant(7)))
            select new Step(kind, secret, process, length)));

    private enum StepKind
    {
        /// <summary>Takes so many keys and keeps them.</summary>
        Take,

        /// <summary>Puts the so-manieth of this process's keys back.</summary>
        PutBack,

        /// <summary>
        /// Moves the space on until its next number stands for the so-manieth alias taken so far. Two secrets meet by chance
        /// only after billions of keys; without this step no history would ever come to it.
        /// </summary>
        Collide,

        /// <summary>Loses the process and starts another under that secret and length.</summary>
        Crash,

        /// <summary>Ends the process cleanly and starts another under that secret and length.</summary>
        Drain,
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_history_of_starts_and_ends_and_changed_secrets_and_lengths_gives_one_alias_twice(int processes) =>
        Prop.ForAll(Steps.ListOf().ToArbitrary(), steps => Task.Run(() => IsWithoutDoubleAsync(steps, processes)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithStartSize(10).WithEndSize(60).WithQuietOnSuccess(true));

    private static async Task<bool> IsWithoutDoubleAsync(IEnumerable<Step> steps, int processes)
    {
        using var database = new EmbeddedDatabase();
        var used = new List<string>();
        var running = new Process[processes];
        for (var i = 0; i < processes; i++) running[i] = await Process.StartAsync(database, secret: 0, length: 6);
        try
        {
            foreach (var step in steps)
            {
                var process = running[step.Process % processes];
                switch (step.Kind)
                {
                    case StepKind.Take:
                        used.AddRange(await process.TakeAsync(step.Number));
                        break;
                    case StepKind.PutBack when process.Taken.Count > 0:
                        used.Remove(process.PutBack(step.Number));
                        break;
                    case StepKind.Collide when used.Where(alias => alias.Length == process.Space.Length).ToList() is { Count: > 0 } same:
                        await KeySource.MoveNextAsync(database, process.Space, process.Space.NumberOf(same[step.Number % same.Count]));
                        break;
                    case StepKind.Crash or StepKind.Drain:
                        if (step.Kind is StepKind.Drain) await process.DrainAsync();
                        process.Dispose();
                        if (processes == 1) database.Reopen();
                        running[step.Process % processes] = await Process.StartAsync(database, step.Number, step.Length);
                        break;
                }
            }

            return used.Count == used.Distinct(StringComparer.Ordinal).Count();
        }
        finally
        {
            foreach (var process in running) process.Dispose();
        }
    }

    /// <param name="Kind">What happens.</param>
    /// <param name="Number">How many, which one, or which secret.</param>
    /// <param name="Process">To which process.</param>
    /// <param name="Length">The length that the next process starts with.</param>
    private sealed record Step(StepKind Kind, int Number, int Process, int Length = 6);

    /// <summary>A process that makes links under keys of one secret, as long as that is the active one.</summary>
    private sealed class Process(KeySource source) : IDisposable
    {
        public List<Key> Taken { get; } = [];

        public KeySpace Space => source.Space;

        public static async Task<Process> StartAsync(EmbeddedDatabase database, int secret, int length) =>
            new(await KeySource.StartAsync(database, KeySpaces.Of($"secret {secret}", length), blockSize: 5));

        /// <returns>The aliases of the keys: fewer where another secret has been made active meanwhile.</returns>
        public async Task<List<string>> TakeAsync(int count)
        {
            var before = Taken.Count;
            try
            {
                while (Taken.Count < before + count) Taken.Add(await source.TakeAsync());
            }
            catch (KeySpaceException)
            {
                // Closed: this process goes on when its secret is active again.
            }

            return [.. Taken.Skip(before).Select(key => key.Alias)];
        }

        public string PutBack(int which)
        {
            var key = Taken[which % Taken.Count];
            Taken.Remove(key);
            source.Pool.PutBack(key);
            return key.Alias;
        }

        public Task DrainAsync() => source.Pool.DrainAsync(CancellationToken.None);

        public void Dispose() => source.Dispose();
    }
}
