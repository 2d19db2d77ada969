using System.Net;

namespace Shortener.Tests.Server.Processes;

public sealed class AliasRaceTests
{
    private const int Racers = 64;
    private const int Aliases = 200;

    [Fact]
    public async Task Of_64_racers_for_one_alias_one_wins()
    {
        await using var server = await RunningServer.StartAsync();
        for (var alias = 0; alias < Aliases; alias++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, Racers).Select(racer =>
                server.Client.MakeAsync(new { url = $"https://example.com/{racer}", alias = $"raced-{alias}" })));
            var winner = Assert.Single(answers, answer => answer.Status == 201);
            Assert.All(answers.Except([winner]), answer => answer.ExpectProblem(HttpStatusCode.Conflict, "alias-taken"));
            Assert.Equal(winner.StringOf("url"), (await server.Client.ReadAsync($"/raced-{alias}")).Location);
        }
    }
}
