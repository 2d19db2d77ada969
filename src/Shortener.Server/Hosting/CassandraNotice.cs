using Shortener.Storage.Cassandra;

namespace Shortener.Server.Hosting;

/// <summary>Says at the start what of the keyspace works and may still be other than wanted.</summary>
public sealed partial class CassandraNotice(CassandraDatabase database, ILogger<CassandraNotice> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var sentence in database.Warnings) LogWarning(sentence);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "{Sentence}")]
    private partial void LogWarning(string sentence);
}
