using FsCheck;
using FsCheck.Fluent;
using Shortener.Core.Keys;

namespace Shortener.Tests.Core.Keys;

/// <summary>
/// Over any history of a deployment, no alias is given to two links: whatever is taken and put back, however each process
/// ends, and whichever secret and length the next one starts with, also an earlier one again.
/// </summary>
public sealed class KeyHistoryProperties
{
    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, Gen.Choose(1, 12).Select(count => new Step(StepKind.Take, count))),
        (2, Gen.Choose(0, 1_000).Select(which => new Step(StepKind.PutBack, which))),
        (3, Gen.Choose(0, 1_000).Select(which => new Step(StepKind.Collide, which))),
        (4, from kind in Gen.Elements(StepKind.Crash, StepKind.Drain)
            from secret in Gen.Choose(0, 2)
            from length in Gen.Frequency((4, Gen.Constant(6)), (1, Gen.Constant(7)))
            select new Step(kind, secret, length)));

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

    [Fact]
    public void No_history_of_starts_and_ends_and_changed_secrets_and_lengths_gives_one_alias_twice() =>
        Prop.ForAll(Steps.ListOf().ToArbitrary(), steps => Task.Run(() => IsWithoutDoubleAsync(steps)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithStartSize(10).WithEndSize(60).WithQuietOnSuccess(true));

    private static async Task<bool> IsWithoutDoubleAsync(IEnumerable<Step> steps)
    {
        using var database = new EmbeddedDatabase();
        var used = new List<string>();
        var ofThisProcess = new List<Key>();
        var source = await KeySource.StartAsync(database, KeySpaces.Of("secret 0"), blockSize: 5);
        try
        {
            foreach (var step in steps)
            {
                switch (step.Kind)
                {
                    case StepKind.Take:
                        var taken = await source.TakeAsync(step.Number);
                        ofThisProcess.AddRange(taken);
                        used.AddRange(taken.Select(key => key.Alias));
                        break;
                    case StepKind.PutBack when ofThisProcess.Count > 0:
                        var key = ofThisProcess[step.Number % ofThisProcess.Count];
                        ofThisProcess.Remove(key);
                        used.Remove(key.Alias);
                        source.Pool.PutBack(key);
                        break;
                    case StepKind.Collide when used.Where(alias => alias.Length == source.Space.Length).ToList() is { Count: > 0 } same:
                        await KeySource.MoveNextAsync(database, source.Space, source.Space.NumberOf(same[step.Number % same.Count]));
                        break;
                    case StepKind.Crash or StepKind.Drain:
                        if (step.Kind is StepKind.Drain) await source.Pool.DrainAsync(CancellationToken.None);
                        source.Dispose();
                        database.Reopen();
                        ofThisProcess.Clear();
                        source = await KeySource.StartAsync(database, KeySpaces.Of($"secret {step.Number}", step.Length), blockSize: 5);
                        break;
                }
            }

            return used.Count == used.Distinct(StringComparer.Ordinal).Count();
        }
        finally
        {
            source.Dispose();
        }
    }

    /// <param name="Kind">What happens.</param>
    /// <param name="Number">How many, which one, or which secret.</param>
    /// <param name="Length">The length that the next process starts with.</param>
    private sealed record Step(StepKind Kind, int Number, int Length = 6);
}
