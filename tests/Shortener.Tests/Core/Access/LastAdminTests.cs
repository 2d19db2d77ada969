using Shortener.Core.Access;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Core.Access;

public sealed class LastAdminTests : IDisposable
{
    private readonly EmbeddedDatabase _database = new();
    private readonly MovableClock _clock = new();
    private readonly DeveloperKeyStoreDecorator _store;
    private readonly AccessService _access;

    public LastAdminTests()
    {
        _store = new DeveloperKeyStoreDecorator(new SqliteDeveloperKeyStore(_database.Current));
        _access = new AccessService(_store, _clock, TimeSpan.FromSeconds(30));
    }

    public void Dispose()
    {
        _access.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task The_last_key_that_may_make_keys_stays()
    {
        await CreateAsync(Scopes.Read | Scopes.Create | Scopes.Manage);
        var first = await CreateAsync(Scopes.Admin);
        var second = await CreateAsync(Scopes.Admin | Scopes.Read);

        Assert.Equal(RevokeOutcome.Revoked, await RevokeAsync(first));
        Assert.Equal(RevokeOutcome.LastAdmin, await RevokeAsync(second));
        Assert.True(await _access.HasAdminAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_key_that_has_expired_is_no_other_admin()
    {
        await CreateAsync(Scopes.Admin, expiresAt: _clock.GetUtcNow() + TimeSpan.FromHours(1));
        var lasting = await CreateAsync(Scopes.Admin);

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(RevokeOutcome.LastAdmin, await RevokeAsync(lasting));
    }

    [Fact]
    public async Task A_revoked_admin_is_not_found_also_when_no_other_is_left()
    {
        var revoked = await CreateAsync(Scopes.Admin);
        await CreateAsync(Scopes.Admin, expiresAt: _clock.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.Equal(RevokeOutcome.Revoked, await RevokeAsync(revoked));

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(RevokeOutcome.NotFound, await RevokeAsync(revoked));
    }

    [Fact]
    public async Task The_other_admin_is_found_behind_many_pages_of_keys()
    {
        await CreateAsync(Scopes.Admin);
        var newer = await CreateAsync(Scopes.Admin);
        for (var i = 0; i < 205; i++) await CreateAsync(Scopes.Read);

        Assert.Equal(RevokeOutcome.Revoked, await RevokeAsync(newer));
    }

    [Fact]
    public async Task Two_admins_who_revoke_each_other_at_once_leave_one()
    {
        var (first, second) = (await CreateAsync(Scopes.Admin), await CreateAsync(Scopes.Admin));
        var listed = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        _store.AfterList = async () =>
        {
            _store.AfterList = null;
            listed.SetResult();
            await goOn.Task;
        };
        var slow = RevokeAsync(first);
        await listed.Task;
        var other = RevokeAsync(second);
        // Where nothing keeps the second one waiting it ends before the first, whose decision is then out of date.
        goOn.SetResult();

        var outcomes = await Task.WhenAll(slow, other);

        Assert.Equal([RevokeOutcome.Revoked, RevokeOutcome.LastAdmin], outcomes);
    }

    [Fact]
    public async Task Where_there_is_no_key_there_is_no_admin()
    {
        await CreateAsync(Scopes.Read);

        Assert.False(await _access.HasAdminAsync(CancellationToken.None));
    }

    private async Task<DeveloperKey> CreateAsync(Scopes scopes, DateTimeOffset? expiresAt = null) =>
        (await _access.CreateAsync("alice", "laptop", scopes, expiresAt, CancellationToken.None)).Key;

    private Task<RevokeOutcome> RevokeAsync(DeveloperKey key) => _access.RevokeAsync(key.Id, CancellationToken.None);
}
