using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

/// <summary>
/// This program once more, started to do nothing but append visits and say so until it is killed: its spool's id first, then a
/// number a line, each after its visit was taken.
/// </summary>
internal static class AppendingProcess
{
    private const string Variable = "SHORTENER_TEST_APPENDS_TO";

    public static Process Start(string directory)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Shortener.Tests");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        start.Environment[Variable] = directory;
        return Process.Start(start)!;
    }

    /// <summary>Before the test runner's own main method.</summary>
    [ModuleInitializer]
    internal static void AppendIfTold()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } directory) return;
        var age = TimeSpan.FromMilliseconds(40);
        var settings = new SpoolSettings { Directory = directory, SegmentBytes = 64 << 10, MaxAge = age };
        using var spool = VisitSpool.Open(settings, TimeProvider.System);
        var upkeep = spool.RunAsync(CancellationToken.None);
        Console.WriteLine(spool.Id);
        for (var number = 0; !upkeep.IsCompleted; number++)
        {
            while (!NumberedVisit.TryAppend(spool, number)) Thread.Yield();
            Console.WriteLine(number.ToString(CultureInfo.InvariantCulture));
        }

        throw new InvalidOperationException("The upkeep has ended.", upkeep.Exception);
    }
}
