using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Server.Telemetry;
using Shortener.Tests.Server.Stats;
using Shortener.Tests.Servers;
using Shortener.Tests.Storage.Contract;

namespace Shortener.Tests.Server.Visits;

/// <summary>The part of the service that removes the visits of links that have ended long ago.</summary>
public sealed class VisitRemovalTests : IAsyncLifetime
{
    private static readonly LinkGeneration[] Counted = [new("deleted", 1), new("live", 1), StoredVisits.AllOf("default")];

    private RunningServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync("Visits:KeptAfterLink=40.00:00:00");
        await _server.CreateAsync(new { url = "https://example.com/", alias = "deleted" });
        await _server.CreateAsync(new { url = "https://example.com/", alias = "live" });
        await new StoredVisits(_server).Add("deleted", "2026-02-03T12:00:00Z", 3).Add("live", "2026-02-03T12:00:00Z", 4)
            .Add(StoredVisits.AllOf("default"), "2026-02-03T12:00:00Z", 7).StoreAsync();
        using var answer = await _server.Client.DeleteAsync("/api/v1/links/deleted", Token);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Visits_of_a_deleted_link_are_kept_for_the_time_that_is_set_and_longer_in_the_sums_of_its_owner()
    {
        Assert.Single(_server.Services.GetServices<IHostedService>().OfType<VisitRemoval>());
        var retention = _server.Services.GetRequiredService<VisitRetention>();
        _server.Clock.Advance(TimeSpan.FromDays(39));
        await retention.RunAsync(_server.Clock.GetUtcNow(), Token);
        Assert.Equal([3, 4, 7], await PeopleAsync());
        _server.Clock.Advance(TimeSpan.FromDays(2));
        await retention.RunAsync(_server.Clock.GetUtcNow(), Token);
        Assert.Equal([0, 4, 7], await PeopleAsync());
    }

    [Fact]
    public async Task While_the_store_is_lost_each_minute_tries_again_and_goes_on_when_it_is_back()
    {
        var ends = new LostEndStore(_server.Services.GetRequiredService<ILinkEndStore>(), calls: 0);
        var retention = new VisitRetention(ends, _server.Services.GetRequiredService<IVisitStore>(), TimeSpan.FromDays(40));
        using var removal = new VisitRemoval(retention, new HastyClock(_server.Clock), NullLogger<VisitRemoval>.Instance);
        _server.Clock.Advance(TimeSpan.FromDays(41));
        await removal.StartAsync(Token);
        await Until.TrueAsync(() => ends.Lost >= 3);
        Assert.Equal([3, 4, 7], await PeopleAsync());
        ends.IsBack = true;
        await Until.TrueAsync(async () => (await PeopleAsync())[0] == 0);
        await removal.StopAsync(Token);
        Assert.Equal([0, 4, 7], await PeopleAsync());
    }

    private async Task<List<long>> PeopleAsync() =>
        [.. (await _server.Services.GetRequiredService<IVisitStore>().TotalsAsync(Counted, Token)).Select(total => total.People)];

    /// <summary>Another clock, whose timers do not wait.</summary>
    private sealed class HastyClock(TimeProvider clock) : TimeProvider
    {
        private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Interval, Interval);
    }
}
