using Shortener.Core.Visits.Live;
using Shortener.Server.Access;
using Shortener.Server.Hosting;
using Shortener.Server.KeyGen;
using Shortener.Server.Management;
using Shortener.Server.Management.Documentation;
using Shortener.Server.Problems;
using Shortener.Server.RateLimits;
using Shortener.Server.Redirect;
using Shortener.Server.Settings;
using Shortener.Server.SharedCache;
using Shortener.Server.Observability;
using Shortener.Server.Telemetry;

namespace Shortener.Server;

/// <summary>The process: reads its settings, puts the features together, and runs until it is told to stop.</summary>
public static class Program
{
    /// <summary>
    /// Runs the service, <c>migrate</c> or <c>reconcile</c>. 0 after a stop; 1 where it could not start, with a sentence on
    /// standard error that says what to do; <c>reconcile</c> has codes of its own.
    /// </summary>
    public static async Task<int> Main(string[] args)
    {
        Connections.CompleteSocketsInline();
        try
        {
            if (args is [MigrateCommand.Name, .. var settings])
            {
                await MigrateCommand.RunAsync(settings, TimeProvider.System, Console.Out);
                return 0;
            }

            if (args is [ReconcileCommand.Name, .. var store])
                return await ReconcileCommand.RunAsync(store, TimeProvider.System, Console.Out);

            await using var app = await BuildAsync(args, TimeProvider.System);
            await app.StartAsync();
            await app.AnnounceAsync(Console.Out);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception failure) when (StartFailure.Explain(failure) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return args is [ReconcileCommand.Name, ..] ? ReconcileCommand.NotChecked : 1;
        }
    }

    /// <summary>The service, ready to start.</summary>
    /// <param name="args">Settings as <c>--Shortener:Feature:Name=value</c>, and ASP.NET's own, such as <c>--urls</c>.</param>
    /// <param name="time">The clock of the service.</param>
    /// <exception cref="SettingsException">The settings are wrong.</exception>
    /// <exception cref="Core.StoreException">The store cannot be used.</exception>
    public static async Task<WebApplication> BuildAsync(string[] args, TimeProvider time)
    {
        var commandLine = CommandLine.Read(args);
        var builder = WebApplication.CreateSlimBuilder(commandLine.Understood);
        var options = SettingsReader.Read(
            builder.Configuration, [.. commandLine.Errors, .. builder.AddListenAddresses(), .. LogLevels.Check(builder.Configuration)]);
        var own = new OwnAddresses(options.Server, options.Links.OwnHosts, builder.Configuration);
        options.Redirect.RefuseCircles(own);

        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(options);
        builder.AddConnections(options.Connections, options.Server, inline: options.Runs(ProcessRoles.Redirect));
        builder.AddObservability(options);
        builder.AddProblems();
        var keyBlocks = await builder.AddStorageAsync(options, time);
        if (options.Runs(ProcessRoles.Redirect | ProcessRoles.Management))
        {
            builder.Services.AddSingleton<LiveVisits>();
            builder.AddSharedCache(options.Redis);
            builder.AddLinkResolver(options.Cache, options.LinksChangeElsewhere);
        }

        var keySpaces = await KeyGenRegistration.ActivateSpaceAsync(options.Keys, keyBlocks);
        if (options.Runs(ProcessRoles.Redirect))
        {
            builder.AddRedirects(options.Redirect, options.RateLimits, countsVisits: options.Visits.Enabled);
            if (options.Visits.Enabled) builder.AddVisits(options.Visits, options.Storage.Directory, keySpaces[0], time);
        }

        if (options.Runs(ProcessRoles.Telemetry)) builder.AddVisitUpkeep(options.Visits);
        if (options.Runs(ProcessRoles.Management))
        {
            builder.AddKeyPool(options.Keys, options.KeyGen, keyBlocks, keySpaces);
            builder.AddDeveloperKeys(options.Access);
            builder.AddRateLimits(options.RateLimits, options.Redis);
            builder.AddManagement(options.Links, options.Server, own, options.Visits);
            builder.AddApiDocumentation(options.Links);
        }

        if (options.Runs(ProcessRoles.KeyGen)) builder.AddKeyReserve(options.KeyGen, keyBlocks, keySpaces);

        var app = builder.Build();
        app.UseKnownProxies(options.Server);
        if (options.Runs(ProcessRoles.Redirect)) app.UseMiddleware<RedirectMiddleware>();
        app.UseProblems();
        if (options.Runs(ProcessRoles.Redirect)) app.UsePagesForUnknownPaths(IsApiCall);
        app.UseRouting();
        if (options.Runs(ProcessRoles.Management))
        {
            app.UseAuthentication();
            app.UseWhen(IsApiCall, api => api.UseMiddleware<ApiTiming>().UseRateLimiter());
            app.UseAuthorization();
            app.MapManagement();
            app.MapApiDocumentation();
        }

        if (options.Runs(ProcessRoles.KeyGen)) app.MapKeyGen();
        app.MapObservability();
        return app;
    }

    private static bool IsApiCall(HttpContext context) => context.Request.Path.StartsWithSegments("/api");
}
