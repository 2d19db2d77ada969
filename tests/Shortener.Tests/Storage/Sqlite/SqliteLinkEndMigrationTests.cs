using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>A database from before the ends of links were written down.</summary>
public sealed class SqliteLinkEndMigrationTests : SqliteTests
{
    [Fact]
    public async Task Links_that_were_there_have_their_ends_after_it()
    {
        var noon = DateTimeOffset.UnixEpoch.AddDays(20_000);
        var database = Data.Open();
        var (links, visits) = (new SqliteLinkStore(database), new SqliteVisitStore(database, CountsOnly.Settings));
        var expiring = NewLink() with { ExpiresAt = noon };
        var deleted = NewLink();
        var anew = deleted with { CreatedAt = noon.AddHours(3), RequestId = Guid.CreateVersion7() };
        Link[] first = [expiring, deleted, NewLink()];
        foreach (var link in first) await links.InsertAsync(link, Token);
        var segment = new SegmentCounts();
        segment.On(new(deleted.Alias, 1), noon).Add(0, VisitDimension.Total, "", 1, 0);
        segment.On(VisitCounter.AllOf("ann"), noon).Add(0, VisitDimension.Total, "", 1, 0);
        await visits.AddAsync(Guid.CreateVersion7(), 1, segment, noon, Token);
        await links.DeleteAsync(deleted.Alias, 1, Guid.CreateVersion7(), noon.AddHours(2), Token);
        var second = Assert.IsType<Link>(await links.InsertAsync(anew, Token));
        await links.DeleteAsync(second.Alias, second.Version, Guid.CreateVersion7(), noon.AddHours(5), Token);
        Data.Close();
        using (OpenBeside("DROP TABLE link_ends; DROP TABLE link_end_walks; PRAGMA user_version = 4"))
        {
        }

        var ends = await new SqliteLinkEndStore(Data.Open()).ListAsync(after: null, noon.AddDays(1), 1_000, Token);
        Assert.Equal(
            [new(noon, expiring.Alias, 1), new(noon.AddHours(3), deleted.Alias, 1), new(noon.AddHours(5), deleted.Alias, 2)], ends);
    }
}
