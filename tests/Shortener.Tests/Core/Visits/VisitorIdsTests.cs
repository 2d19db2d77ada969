using System.Net;
using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public class VisitorIdsTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");

    private readonly VisitorIds _ids = new(Secret);

    [Fact]
    public void A_visitor_is_one_all_day_and_in_every_process()
    {
        var id = _ids.Of(Noon, Address, "Firefox");

        Assert.Equal(id, _ids.Of(Noon.AddHours(-12), Address, "Firefox"));
        Assert.Equal(id, _ids.Of(Noon.AddHours(11.9), Address, "Firefox"));
        Assert.Equal(id, new VisitorIds(Secret).Of(Noon.ToOffset(TimeSpan.FromHours(14)), Address, "Firefox"));
    }

    [Fact]
    public void Another_day_address_agent_or_secret_is_another_visitor()
    {
        ulong[] ids =
        [
            _ids.Of(Noon, Address, "Firefox"),
            _ids.Of(Noon.AddHours(12), Address, "Firefox"),
            _ids.Of(Noon.AddHours(-12.1), Address, "Firefox"),
            _ids.Of(Noon, IPAddress.Parse("192.0.2.2"), "Firefox"),
            _ids.Of(Noon, IPAddress.Parse("2001:db8::1"), "Firefox"),
            _ids.Of(Noon, null, "Firefox"),
            _ids.Of(Noon, Address, "Chrome"),
            _ids.Of(Noon, Address, ""),
            new VisitorIds([.. Secret, 0]).Of(Noon, Address, "Firefox"),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.DoesNotContain(0ul, ids);
    }

    [Fact]
    public void An_agent_of_any_length_counts_as_far_as_it_fits()
    {
        var agent = new string('a', 512);
        Assert.Equal(_ids.Of(Noon, Address, agent), _ids.Of(Noon, Address, agent + "b"));
        Assert.NotEqual(_ids.Of(Noon, Address, agent), _ids.Of(Noon, Address, agent[1..] + "b"));
    }

    [Fact]
    public void Nothing_is_allocated_within_a_day()
    {
        _ids.Of(Noon, Address, "Firefox");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) _ids.Of(Noon, Address, "Firefox");
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_short_secret_is_refused() => Assert.Throws<ArgumentException>(() => new VisitorIds(new byte[15]));
}
