using Shortener.Core.Access;

namespace Shortener.Tests.Core.Access;

public sealed class DeveloperKeyTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeveloperKey Key = new(
        "0123456789AB", "alice", "laptop", Scopes.Read, SecretHash: [], Now.AddDays(-1), ExpiresAt: null, RevokedAt: null);

    [Fact]
    public void A_key_is_usable_until_the_instant_of_its_expiry()
    {
        Assert.True(Key.IsUsableAt(DateTimeOffset.MaxValue));
        Assert.True((Key with { ExpiresAt = Now }).IsUsableAt(Now.AddTicks(-1)));
        Assert.False((Key with { ExpiresAt = Now }).IsUsableAt(Now));
    }

    [Fact]
    public void A_revoked_key_is_not_usable_whenever_it_would_expire()
    {
        Assert.False((Key with { RevokedAt = Now }).IsUsableAt(Now));
        Assert.False((Key with { RevokedAt = Now, ExpiresAt = Now.AddDays(1) }).IsUsableAt(Now));
    }
}
