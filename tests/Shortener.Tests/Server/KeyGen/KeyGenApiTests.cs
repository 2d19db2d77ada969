using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shortener.Core.Keys;
using Shortener.Server.KeyGen;

namespace Shortener.Tests.Server.KeyGen;

/// <summary>The calls of other processes on a real server.</summary>
public sealed class KeyGenApiTests : IAsyncLifetime
{
    internal const string Token = "0123456789abcdef0123456789abcdef";
    private const string Bearer = $"Authorization: Bearer {Token}";

    private RunningServer _server = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync($"KeyGen:Token={Token}", "KeyGen:BatchSize=10", "KeyGen:ReadyBatches=2");
        _client = _server.ClientFor(null);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_batch_has_an_alias_for_each_number_and_the_next_one_has_others()
    {
        var (first, second) = (await TakeAsync(), await TakeAsync());
        Assert.Equal(10, first.Aliases.Count);
        Assert.All(first.Aliases, alias => Assert.Matches("^[0-9A-Za-z]{7}$", alias));
        Assert.Equal(20, first.Aliases.Concat(second.Aliases).Distinct().Count());
        Assert.NotEqual(first.Block.LeaseId, second.Block.LeaseId);
    }

    [Theory]
    [InlineData("X-Nothing: 1")]
    [InlineData("Authorization: Bearer 0123456789abcdef0123456789abcdeX")]
    [InlineData("Authorization: Bearer 0123456789abcdef0123456789abcde")]
    [InlineData("Authorization: Bearer ")]
    [InlineData("Authorization: Basic " + Token)]
    [InlineData("X-Api-Key: " + Token)]
    public async Task Without_the_token_there_is_nothing(string header)
    {
        foreach (var path in new[] { KeyGenEndpoints.KeysPath, KeyGenEndpoints.ReturnedPath })
        {
            var refused = await _client.CallAsync("POST", path, null, header);
            refused.ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
            Assert.Equal("Bearer", refused.Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task A_developer_key_of_every_scope_opens_nothing_here_and_the_token_nothing_of_the_api()
    {
        (await _server.Client.CallAsync("POST", KeyGenEndpoints.KeysPath)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await _client.CallAsync("POST", KeyGenEndpoints.KeysPath, null, $"Authorization: Bearer {_server.Key}"))
            .ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await _client.ReadAsync(Api.Links, Bearer)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task What_is_handed_back_is_accepted_once()
    {
        var batch = await TakeAsync();
        var first = batch.Block.Numbers.First;
        await ReturnAsync(new(batch.Block, [new(first + 1, first + 3), new(first + 9, first + 10)]), HttpStatusCode.NoContent);
        await ReturnAsync(new(batch.Block, [new(first, first + 10)]), HttpStatusCode.NoContent);

        // Numbers handed back are leased first; the reserve may hold two batches from before.
        var returned = new List<BatchBody>();
        while (returned.Count < 2)
        {
            var next = await TakeAsync();
            if (next.Block.Numbers.End <= first + 10) returned.Add(next);
        }

        Assert.Equal([new(first + 1, first + 3), new RangeBody(first + 9, first + 10)], returned.Select(next => next.Block.Numbers));
        Assert.Equal(batch.Aliases.Skip(1).Take(2), returned[0].Aliases);
        for (var i = 0; i < 5; i++) Assert.True((await TakeAsync()).Block.Numbers.First >= first + 10);
    }

    [Theory]
    [InlineData("block", """{"block":{"leaseId":"6f1c0f5e-0000-7000-8000-000000000000","spaceId":"x","epoch":1,"numbers":{"first":0,"end":10}},"unused":[]}""")]
    [InlineData("block", """{"block":{"leaseId":"6f1c0f5e-0000-7000-8000-000000000000","spaceId":"7-0123456789abcdef","epoch":1,"numbers":{"first":5,"end":5}},"unused":[]}""")]
    [InlineData("unused", """{"block":{"leaseId":"6f1c0f5e-0000-7000-8000-000000000000","spaceId":"7-0123456789abcdef","epoch":1,"numbers":{"first":0,"end":10}},"unused":[{"first":5,"end":11}]}""")]
    [InlineData("unused", """{"block":{"leaseId":"6f1c0f5e-0000-7000-8000-000000000000","spaceId":"7-0123456789abcdef","epoch":1,"numbers":{"first":0,"end":10}},"unused":[{"first":5,"end":7},{"first":6,"end":8}]}""")]
    public async Task What_can_be_no_block_or_no_part_of_it_is_refused(string field, string body) =>
        (await _client.CallAsync("POST", KeyGenEndpoints.ReturnedPath, body, Bearer)).ExpectInvalid(field);

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"block":null,"unused":[]}""")]
    public async Task What_is_no_such_json_is_refused(string body)
    {
        var answer = (await _client.CallAsync("POST", KeyGenEndpoints.ReturnedPath, body, Bearer)).Expect(HttpStatusCode.BadRequest);
        Assert.Equal(body == "null" ? "validation-failed" : "invalid-json", answer.ProblemCode);
    }

    [Fact]
    public async Task Without_the_setting_nobody_is_served()
    {
        await using var server = await RunningServer.StartAsync();
        (await server.Client.CallAsync("POST", KeyGenEndpoints.KeysPath, null, Bearer)).Expect(HttpStatusCode.NotFound);
        Assert.Null(server.Services.GetService<KeyReserve>());
    }

    private async Task<BatchBody> TakeAsync()
    {
        var answer = (await _client.CallAsync("POST", KeyGenEndpoints.KeysPath, null, Bearer)).Expect(HttpStatusCode.OK);
        return System.Text.Json.JsonSerializer.Deserialize(answer.Bytes, KeyGenJson.Default.BatchBody)!;
    }

    private async Task ReturnAsync(ReturnedBody body, HttpStatusCode status)
    {
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body, KeyGenJson.Default.ReturnedBody);
        (await _client.CallAsync("POST", KeyGenEndpoints.ReturnedPath, json, Bearer)).Expect(status);
    }
}
