using Shortener.Core.Keys;
using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Core.Visits.Countries;
using Shortener.Core.Visits.Live;
using Shortener.Server.Settings;

namespace Shortener.Server.Telemetry;

/// <summary>Visits, from the redirect to the store.</summary>
public static class TelemetryRegistration
{
    /// <summary>Registers the spool that redirects write visits to, and what stores them.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">How visits are counted.</param>
    /// <param name="directory">Where the process keeps its data.</param>
    /// <param name="space">The key space, from whose secret the numbers of visitors are made: every process has the same.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SettingsException">The folder, or the country file, cannot be used.</exception>
    public static void AddVisits(
        this WebApplicationBuilder builder, VisitOptions options, string directory, KeySpace space, TimeProvider time)
    {
        var countries = OpenCountries(options);
        var spool = OpenSpool(options, directory, time);
        var services = builder.Services;
        services.AddSingleton(_ => spool);
        services.AddSingleton(new VisitorIds(space.Secret));
        var reader = new VisitReader(countries);
        services.AddSingleton(new VisitCounter(reader, options.KeepRaw));
        services.AddSingleton(provider => new VisitTap(provider.GetRequiredService<LiveVisits>(), reader));
        services.AddSingleton<VisitAggregator>();
        services.AddHostedService<VisitKeeper>();
        services.AddHostedService(provider => new CountryKeeper(
            countries, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<ILogger<CountryKeeper>>()));
    }

    /// <summary>Registers what keeps stored visits in order.</summary>
    public static void AddVisitUpkeep(this WebApplicationBuilder builder, VisitOptions options)
    {
        builder.Services.AddHostedService<VisitRollUp>();
        builder.Services.AddSingleton(services => new VisitRetention(
            services.GetRequiredService<ILinkEndStore>(), services.GetRequiredService<IVisitStore>(), options.KeptAfterLink));
        builder.Services.AddHostedService<VisitRemoval>();
    }

    private static CountryFile? OpenCountries(VisitOptions options)
    {
        try
        {
            return options.CountryFile.Length > 0 ? CountryFile.Load(options.CountryFile) : null;
        }
        catch (InvalidDataException failure)
        {
            throw new SettingsException([$"Shortener:Visits:CountryFile: {failure.Message}"]);
        }
    }

    private static VisitSpool OpenSpool(VisitOptions options, string directory, TimeProvider time)
    {
        var folder = options.FolderIn(directory);
        try
        {
            return VisitSpool.Open(
                new SpoolSettings
                {
                    Directory = folder, SegmentBytes = options.SegmentBytes, MaxBytes = options.MaxBytes, MaxAge = options.FlushInterval,
                },
                time);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
                [$"Visits cannot wait in {folder} ({failure.Message}): name another folder in Shortener:Visits:Directory."]);
        }
    }
}
