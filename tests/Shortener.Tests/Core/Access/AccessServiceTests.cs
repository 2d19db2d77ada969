using Shortener.Core.Access;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Core.Access;

public sealed class AccessServiceTests : IDisposable
{
    private static readonly TimeSpan RememberFor = TimeSpan.FromSeconds(30);

    private readonly EmbeddedDatabase _database = new();
    private readonly MovableClock _clock = new();
    private readonly DeveloperKeyStoreDecorator _store;
    private readonly AccessService _access;

    public AccessServiceTests()
    {
        _store = new DeveloperKeyStoreDecorator(new SqliteDeveloperKeyStore(_database.Current));
        _access = NewProcess();
    }

    public void Dispose()
    {
        _access.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task A_new_key_opens_what_it_was_made_for_and_its_secret_is_not_stored()
    {
        var (key, text) = await CreateAsync(Scopes.Read | Scopes.Create);

        var found = await AuthenticateAsync(text);

        Assert.Equivalent(key, found, strict: true);
        Assert.Equal(("alice", "laptop", Scopes.Read | Scopes.Create), (found!.Owner, found.Name, found.Scopes));
        Assert.Equal(DeveloperKeyText.Hash(text), found.SecretHash);
    }

    [Fact]
    public async Task A_key_is_refused_where_only_its_id_is_right()
    {
        var (key, text) = await CreateAsync(Scopes.Read);
        var (other, otherText) = await CreateAsync(Scopes.Read);
        Assert.NotNull(await AuthenticateAsync(text));

        // The store holds the id with another secret's hash, as it would for somebody who made up a well-formed text.
        var forged = key with { Id = "0123456789AB", SecretHash = other.SecretHash };
        await _store.InsertAsync(forged, CancellationToken.None);
        var textOfForged = ForgedKeyText.Of(forged.Id);

        Assert.Null(await AuthenticateAsync(textOfForged));
        Assert.Null(await AuthenticateAsync(textOfForged));
        Assert.NotNull(await AuthenticateAsync(otherText));
    }

    [Fact]
    public async Task Nonsense_costs_no_look_up()
    {
        Assert.Null(await AuthenticateAsync("shrt_nonsense"));
        Assert.Equal(0, _store.Finds);
    }

    [Fact]
    public async Task A_key_that_nobody_made_is_refused() =>
        Assert.Null(await AuthenticateAsync(DeveloperKeyText.Generate().Text));

    [Fact]
    public async Task A_revoked_key_opens_nothing_at_once()
    {
        var (key, text) = await CreateAsync(Scopes.Read);
        Assert.NotNull(await AuthenticateAsync(text));

        Assert.Equal(RevokeOutcome.Revoked, await RevokeAsync(key));

        Assert.Null(await AuthenticateAsync(text));
        Assert.Equal(RevokeOutcome.NotFound, await RevokeAsync(key));
    }

    [Fact]
    public async Task A_key_that_is_revoked_while_it_is_looked_up_is_not_remembered()
    {
        var (key, text) = await CreateAsync(Scopes.Read);
        var (found, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _store.AfterFind = async () =>
        {
            _store.AfterFind = null;
            found.SetResult();
            await goOn.Task;
        };
        var slow = AuthenticateAsync(text);
        await found.Task;

        Assert.Equal(RevokeOutcome.Revoked, await RevokeAsync(key));
        goOn.SetResult();
        await slow;

        Assert.Null(await AuthenticateAsync(text));
    }

    [Fact]
    public async Task A_key_is_remembered_and_for_no_longer_than_said()
    {
        var (key, text) = await CreateAsync(Scopes.Read);
        using var other = NewProcess();
        Assert.NotNull(await AuthenticateAsync(text));
        Assert.NotNull(await AuthenticateAsync(text));
        Assert.Equal(1, _store.Finds);

        await other.RevokeAsync(key.Id, CancellationToken.None);
        Assert.NotNull(await AuthenticateAsync(text));
        _clock.Advance(RememberFor);

        Assert.Null(await AuthenticateAsync(text));
    }

    [Fact]
    public async Task A_key_that_is_remembered_for_no_time_is_asked_for_each_time()
    {
        var (_, text) = await CreateAsync(Scopes.Read);
        using var forgetful = new AccessService(_store, new StillClock(), TimeSpan.Zero);

        Assert.NotNull(await forgetful.AuthenticateAsync(text, CancellationToken.None));
        Assert.NotNull(await forgetful.AuthenticateAsync(text, CancellationToken.None));

        Assert.Equal(2, _store.Finds);
    }

    [Fact]
    public async Task An_expired_key_opens_nothing_also_while_it_is_remembered()
    {
        var (_, text) = await CreateAsync(Scopes.Read, expiresAt: _clock.GetUtcNow() + RememberFor / 2);
        Assert.NotNull(await AuthenticateAsync(text));

        _clock.Advance(RememberFor / 2);

        Assert.Null(await AuthenticateAsync(text));
        Assert.Equal(1, _store.Finds);
    }

    private AccessService NewProcess() => new(_store, _clock, RememberFor);

    private Task<(DeveloperKey Key, string Text)> CreateAsync(Scopes scopes, DateTimeOffset? expiresAt = null) =>
        _access.CreateAsync("alice", "laptop", scopes, expiresAt, CancellationToken.None);

    private async Task<DeveloperKey?> AuthenticateAsync(string text) =>
        await _access.AuthenticateAsync(text, CancellationToken.None);

    private Task<RevokeOutcome> RevokeAsync(DeveloperKey key) => _access.RevokeAsync(key.Id, CancellationToken.None);
}
