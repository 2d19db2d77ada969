namespace Shortener.Tests.Compat.Cassandra;

/// <summary>Statements on a real server.</summary>
public sealed class StatementTests : IAsyncLifetime
{
    private readonly TestKeyspace _keyspace = new();

    public async ValueTask InitializeAsync()
    {
        await _keyspace.InitializeAsync();
        await _keyspace.ExecuteAsync("CREATE TABLE links (alias text PRIMARY KEY, url text, version bigint, tags set<text>)");
        await _keyspace.ExecuteAsync("CREATE TABLE visits (link text, at int, note text, PRIMARY KEY (link, at))");
    }

    public ValueTask DisposeAsync() => _keyspace.DisposeAsync();

    [Fact]
    public async Task A_prepared_statement_writes_and_reads_a_row()
    {
        var insert = await _keyspace.Session.PrepareAsync("INSERT INTO links (alias, url, version, tags) VALUES (?, ?, ?, ?)");
        await _keyspace.Session.ExecuteAsync(insert.Bind("a", "https://example.com/ü", 7L, new[] { "y", "x" }));

        var select = await _keyspace.Session.PrepareAsync("SELECT url, version, tags FROM links WHERE alias = ?");
        var row = Assert.Single(await _keyspace.Session.ExecuteAsync(select.Bind("a")));

        Assert.Equal("https://example.com/ü", row.GetValue<string>("url"));
        Assert.Equal(7, row.GetValue<long>("version"));
        Assert.Equal(["x", "y"], row.GetValue<string[]>("tags"));
        Assert.Empty(await _keyspace.Session.ExecuteAsync(select.Bind("b")));
    }

    [Fact]
    public async Task A_conditional_write_says_whether_it_was_applied_and_else_what_is_there()
    {
        var insert = await _keyspace.Session.PrepareAsync("INSERT INTO links (alias, url) VALUES (?, ?) IF NOT EXISTS");

        var first = Assert.Single(await _keyspace.Session.ExecuteAsync(insert.Bind("c", "1")));
        var second = Assert.Single(await _keyspace.Session.ExecuteAsync(insert.Bind("c", "2")));

        Assert.True(first.GetValue<bool>("[applied]"));
        Assert.False(second.GetValue<bool>("[applied]"));
        Assert.Equal("1", second.GetValue<string>("url"));
        Assert.True(second.IsNull("version"));
    }
}
