using System.Net;
using System.Text;
using System.Text.Json;
using Shortener.Core.Visits;

namespace Shortener.Tests.Server.Stats;

public sealed class StatsExportTests : IAsyncLifetime
{
    private const string Link = "exported";
    private const string Head = "start,interval,dimension,value,people,bots";
    private const string Range = "from=2026-03-01&to=2026-03-31";

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.CreateAsync(new { url = "https://example.com/", alias = Link });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_file_has_every_count_of_the_range_once()
    {
        var visits = new StoredVisits(_server).Add(Link, "2026-02-28T23:00Z", 1).Add(Link, "2026-03-31T00:00Z", 1);
        for (var hour = StoredVisits.Time("2026-03-01T00:00Z"); hour < StoredVisits.Time("2026-03-31T00:00Z"); hour = hour.AddHours(7))
            visits.Add(Link, $"{hour:u}", 2, 1).Add(Link, $"{hour:u}", VisitDimension.Country, "DE", 2).Add(Link, $"{hour:u}", VisitDimension.Country, "", 0, 1);
        await visits.StoreAsync();
        var csv = await ExportAsync(Range);
        Assert.Equal("text/csv; charset=utf-8", csv.Header("Content-Type"));
        Assert.Equal("attachment; filename=\"visits-exported.csv\"", csv.Header("Content-Disposition"));
        var lines = csv.Text.Split("\r\n");
        Assert.Equal(Head, lines[0]);
        Assert.Equal("", lines[^1]);
        Assert.Equal(3 * 103, lines.Length - 2);
        Assert.Equal(3 * 103, lines.Distinct().Count() - 2);
        Assert.Contains("2026-03-08T00:00:00.000Z,hour,total,,2,1", lines);
        Assert.Contains("2026-03-08T00:00:00.000Z,hour,country,,0,1", lines);
        Assert.Contains("2026-03-08T00:00:00.000Z,hour,country,DE,2,0", lines);

        var ndjson = await ExportAsync($"{Range}&format=ndjson");
        Assert.Equal("application/x-ndjson; charset=utf-8", ndjson.Header("Content-Type"));
        var rows = ndjson.Text.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).Select(row =>
            string.Join(',', row.EnumerateObject().Select(member => member.Value.ToString())));
        Assert.Equal(lines[1..^1], rows);

        await visits.Store.RollUpAsync(StoredVisits.Time("2026-12-01T00:00Z"), CancellationToken.None);
        var days = (await ExportAsync(Range)).Text.Split("\r\n");
        Assert.Equal(3 * 30, days.Length - 2);
        Assert.Contains("2026-03-02T00:00:00.000Z,day,country,DE,6,0", days);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("=HYPERLINK(\"a\",\"b\")", "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("a=b ü", "a=b ü")]
    public async Task A_value_is_one_cell_and_no_formula(string value, string cell)
    {
        await new StoredVisits(_server).Add(Link, "2026-03-01T10:00Z", 1)
            .Add(Link, "2026-03-01T10:00Z", VisitDimension.UtmTerm, value, 1).StoreAsync();
        Assert.Equal(
            $"{Head}\r\n2026-03-01T10:00:00.000Z,hour,total,,1,0\r\n2026-03-01T10:00:00.000Z,hour,utm_term,{cell},1,0\r\n",
            (await ExportAsync(Range)).Text);
        var ndjson = (await ExportAsync($"{Range}&format=ndjson")).Text.Split('\n')[1];
        Assert.Equal(value, JsonDocument.Parse(ndjson).RootElement.GetProperty("value").GetString());
    }

    [Fact]
    public async Task Without_visits_it_is_a_file_without_rows()
    {
        Assert.Equal($"{Head}\r\n", (await ExportAsync("")).Text);
        Assert.Equal("", (await ExportAsync("format=ndjson")).Text);
    }

    [Fact]
    public async Task All_links_are_exported_together_and_head_answers_without_the_file()
    {
        await new StoredVisits(_server).Add(StoredVisits.AllOf("default"), "2026-03-01T10:00Z", 3).Add(Link, "2026-03-01T10:00Z", 9).StoreAsync();
        var get = (await _server.Client.ReadAsync($"/api/v1/stats/export?{Range}")).Expect(HttpStatusCode.OK);
        Assert.Equal($"{Head}\r\n2026-03-01T10:00:00.000Z,hour,total,,3,0\r\n", get.Text);
        var head = (await _server.Client.CallAsync("HEAD", $"/api/v1/stats/export?{Range}")).Expect(HttpStatusCode.OK);
        Assert.Empty(head.Bytes);
        foreach (var name in new[] { "Content-Type", "Content-Disposition", "Cache-Control" }) Assert.Equal(get.Header(name), head.Header(name));
    }

    [Fact]
    public async Task A_file_that_the_store_cannot_finish_does_not_look_whole()
    {
        var visits = new StoredVisits(_server);
        for (var hour = StoredVisits.Time("2025-01-01T00:00Z"); hour < StoredVisits.Time("2026-01-01T00:00Z"); hour = hour.AddHours(1))
        {
            visits.Add(Link, $"{hour:u}", 40);
            for (var i = 0; i < 40; i++) visits.Add(Link, $"{hour:u}", VisitDimension.Referrer, $"{i}.a-rather-long-host-name.example.com", 1);
        }

        await visits.StoreAsync();
        var path = $"{Api.Links}/{Link}/stats/export?from=2025-01-01&to=2026-01-01&format=ndjson";
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await _server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var first = new byte[Encoding.UTF8.GetByteCount("{\"start\":\"2025-01-01T00:00:00.000Z\"")];
        await body.ReadExactlyAsync(first);
        Assert.Equal("{\"start\":\"2025-01-01T00:00:00.000Z\"", Encoding.UTF8.GetString(first));
        await _server.DamageDatabaseAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null));
        (await _server.Client.ReadAsync(path)).ExpectProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");
    }

    private async Task<ApiAnswer> ExportAsync(string query) =>
        (await _server.Client.ReadAsync($"{Api.Links}/{Link}/stats/export?{query}")).Expect(HttpStatusCode.OK);
}
