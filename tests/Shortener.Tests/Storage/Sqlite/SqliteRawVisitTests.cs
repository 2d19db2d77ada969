using Shortener.Core.Visits;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>What is in the table of visits that are kept one by one.</summary>
public sealed class SqliteRawVisitTests : IAsyncDisposable
{
    private static readonly LinkGeneration Link = new("promo", 1);

    private readonly SqliteData _data = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    [Fact]
    public async Task Rows_beyond_the_number_kept_go_with_the_write_and_old_ones_with_the_roll_up()
    {
        var database = _data.Open();
        var store = new SqliteVisitStore(database, new(TimeSpan.FromDays(30), RawPerLink: 7, RawLifetime: TimeSpan.FromSeconds(1_000)));
        for (var number = 1; number <= 3; number++)
        {
            await store.AddRawAsync(Guid.CreateVersion7(), number, Visits(Link, 600), Token);
            Assert.Equal(7, await RowsAsync(database));
        }

        // More than one write of the roll-up removes.
        var others = Enumerable.Range(0, 1_100).SelectMany(link => Visits(new($"link-{link}", 1), 1)).ToList();
        await store.AddRawAsync(Guid.CreateVersion7(), 1, others, Token);
        Assert.Equal(1_107, await RowsAsync(database));
        await store.RollUpAsync(DateTimeOffset.UnixEpoch.AddSeconds(1_000 + 595), Token);
        Assert.Equal(7, await RowsAsync(database));
        await store.RollUpAsync(DateTimeOffset.UnixEpoch.AddSeconds(2_000), Token);
        Assert.Equal(0, await RowsAsync(database));
    }

    private static Task<long> RowsAsync(SqliteDatabase database) => database.ReadAsync(
        session => session.First("SELECT count(*) FROM visit_raw", row => row.GetInt64(0)), Token);

    /// <summary>A visit each second.</summary>
    private static SegmentVisit[] Visits(LinkGeneration link, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new SegmentVisit(
            link, i, new(DateTimeOffset.UnixEpoch.AddSeconds(i), new(false, "", "", "", "", "", "", UtmFields.None)))),
    ];
}
