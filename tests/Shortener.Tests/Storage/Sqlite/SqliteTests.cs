using Microsoft.Data.Sqlite;
using Shortener.Core;
using Shortener.Core.Links;
using Shortener.Storage.Sqlite;

namespace Shortener.Tests.Storage.Sqlite;

/// <summary>What the tests of the database itself share.</summary>
public abstract class SqliteTests : IAsyncDisposable
{
    private int _links;

    private protected SqliteData Data { get; } = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await Data.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A link of about <paramref name="bytes"/> bytes under an alias of its own.</summary>
    protected Link NewLink(int bytes = 300)
    {
        var number = Interlocked.Increment(ref _links);
        var time = DateTimeOffset.UnixEpoch.AddMilliseconds(number);
        return new Link
        {
            Alias = $"link-{number:00000}",
            Owner = "ann",
            Url = "https://example.com/".PadRight(bytes, 'x'),
            IsCustom = true,
            CreatedAt = time,
            UpdatedAt = time,
            RedirectStatus = 302,
            Tags = ["tag"],
            RequestId = Guid.CreateVersion7(),
        };
    }

    protected static async Task<StoreException> FailsAsync(StoreFailure failure, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<StoreException>(call);
        Assert.Equal(failure, exception.Failure);
        AssertSentence(exception);
        return exception;
    }

    protected static StoreException FailsToOpen(StoreFailure failure, Func<SqliteDatabase> open)
    {
        var exception = Assert.Throws<StoreException>(open);
        Assert.Equal(failure, exception.Failure);
        AssertSentence(exception);
        return exception;
    }

    /// <summary>Exactly these links are there.</summary>
    protected static async Task AssertAllFoundAsync(SqliteDatabase database, IEnumerable<Link> links)
    {
        var found = await database.ReadAsync(
            session => session.All("SELECT alias FROM links WHERE deleted_at IS NULL ORDER BY alias", row => row.GetString(0)), Token);
        Assert.Equal(links.Select(link => link.Alias).Order(StringComparer.Ordinal), found);
    }

    /// <summary>Another program that has the file open.</summary>
    private protected SqliteConnection OpenBeside(string sql)
    {
        var connection = new SqliteConnection($"Data Source={Data.File};Pooling=false");
        connection.Open();
        Execute(connection, sql);
        return connection;
    }

    private protected static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void AssertSentence(StoreException exception) => Assert.Matches("^[A-Z/].* .*\\.$", exception.Message);
}
