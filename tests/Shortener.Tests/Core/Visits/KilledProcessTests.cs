using System.Globalization;
using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public sealed class KilledProcessTests
{
    [Fact]
    public async Task What_was_appended_before_kill_9_is_there_exactly_once()
    {
        using var directory = new TemporaryDirectory();
        var said = new Dictionary<Guid, List<int>>();
        for (var round = 0; round < 4; round++)
        {
            using var process = AppendingProcess.Start(directory.Path);
            var output = process.StandardOutput;
            var spool = Guid.Parse(await output.ReadLineAsync() ?? "");
            var numbers = said[spool] = [];
            for (var i = 0; i < 200 + 1_500 * round; i++) numbers.Add(NumberIn(await output.ReadLineAsync()));
            process.Kill();
            while (await output.ReadLineAsync() is { } line) numbers.Add(NumberIn(line));
            await process.WaitForExitAsync();
        }

        using var heir = VisitSpool.Open(new SpoolSettings { Directory = directory.Path }, TimeProvider.System);
        Assert.Empty(heir.SetAsidePaths);
        var found = NumberedVisit.TakeClosed(heir)
            .ToLookup(segment => segment.Spool, segment => NumberedVisit.ReadAll(segment.Path));
        foreach (var (spool, numbers) in said)
        {
            var read = found[spool].SelectMany(numbersOfSegment => numbersOfSegment).ToList();
            // One more may have been taken than was said.
            Assert.InRange(read.Count, numbers.Count, numbers.Count + 1);
            Assert.Equal(Enumerable.Range(0, read.Count), read);
        }
    }

    private static int NumberIn(string? line) => int.Parse(line ?? "it ended", CultureInfo.InvariantCulture);
}
