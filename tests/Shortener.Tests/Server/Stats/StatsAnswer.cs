using System.Net;
using System.Text.Json;

namespace Shortener.Tests.Server.Stats;

/// <summary>Statistics as a test reads them.</summary>
internal sealed record StatsAnswer(JsonElement Json)
{
    public (long People, long Bots, long Visitors) Total => (TotalOf("people"), TotalOf("bots"), TotalOf("visitors"));

    /// <summary>"start visits" of each interval; the time without seconds.</summary>
    public string[] Intervals => [.. Json.GetProperty("intervals").EnumerateArray().Select(interval =>
        $"{interval.GetProperty("start").GetString()!.Replace(":00.000", "", StringComparison.Ordinal)} {interval.GetProperty("visits")}")];

    /// <summary>"value visits" of each value.</summary>
    public string[] Values =>
        [.. Json.GetProperty("values").EnumerateArray().Select(value => $"{value.GetProperty("value").GetString()} {value.GetProperty("visits")}")];

    public long OtherVisits => Json.GetProperty("otherVisits").GetInt64();

    public static async Task<StatsAnswer> OfAsync(HttpClient client, string alias, string query = "") =>
        new((await client.ReadAsync($"{Api.Links}/{alias}/stats?{query}")).Expect(HttpStatusCode.OK).Json);

    public static async Task<StatsAnswer> OfAllAsync(HttpClient client, string query = "") =>
        new((await client.ReadAsync($"/api/v1/stats?{query}")).Expect(HttpStatusCode.OK).Json);

    private long TotalOf(string name) => Json.GetProperty("total").GetProperty(name).GetInt64();
}
