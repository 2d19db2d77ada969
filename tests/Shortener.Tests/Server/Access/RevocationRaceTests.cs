using System.Net;
using Shortener.Core.Access;

namespace Shortener.Tests.Server.Access;

public sealed class RevocationRaceTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private string? _survivor;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Two_admin_keys_that_revoke_each_other_do_not_both_go()
    {
        for (var round = 0; round < 20; round++)
        {
            string[] keys = [await _server.NewKeyAsync(Scopes.Admin, "a"), await _server.NewKeyAsync(Scopes.Admin, "b")];
            using var first = _server.ClientFor(keys[0]);
            using var second = _server.ClientFor(keys[1]);
            // From round 2 on, the one left over of the round before goes first.
            if (await SurvivorAsync(round) is { } survivor) (await RevokeAsync(first, survivor)).Expect(HttpStatusCode.NoContent);
            await Task.WhenAll(RevokeAsync(first, keys[1]), RevokeAsync(second, keys[0]));
            var alive = await Task.WhenAll(keys.Select(async key =>
            {
                using var client = _server.ClientFor(key);
                return (await client.ReadAsync(Api.Keys)).Status == 200 ? key : null;
            }));
            _survivor = Array.Find(alive, key => key is not null);
            if (_survivor is null) Assert.Fail($"Round {round}: nobody can make keys any more.");
        }
    }

    private Task<string?> SurvivorAsync(int round) => Task.FromResult(round == 0 ? _server.Key : _survivor);

    private static Task<ApiAnswer> RevokeAsync(HttpClient client, string key) => client.CallAsync("DELETE", $"{Api.Keys}/{key.Split('_')[1]}");
}
