using Shortener.Core.Visits.Countries;

namespace Shortener.Server.Telemetry;

/// <summary>Takes a newer country file into use, looked for each minute; says once that there is none.</summary>
public sealed partial class CountryKeeper(
    CountryFile? countries, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<CountryKeeper> logger)
    : Minutely(time, logger)
{
    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Why a start fails is the only thing that it says.
        if (countries is null) lifetime.ApplicationStarted.Register(LogNone);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var change = countries?.Refresh() ?? CountryFileChange.None;
        if (change.Problem is { } problem) LogRefused(problem);
        else if (change.IsReplaced) LogReplaced();
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Shortener:Visits:CountryFile is empty: countries of visits are unknown (eng/geo fetches a file)")]
    private partial void LogNone();

    [LoggerMessage(LogLevel.Information, "A newer country file is in use")]
    private partial void LogReplaced();

    [LoggerMessage(LogLevel.Error, "The country file has changed and cannot be used; the earlier one stays in use: {Problem}")]
    private partial void LogRefused(string problem);
}
