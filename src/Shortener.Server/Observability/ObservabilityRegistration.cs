using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Console;
using Prometheus;
using Shortener.Core.Keys;
using Shortener.Server.Hosting;
using Shortener.Server.Settings;

namespace Shortener.Server.Observability;

/// <summary>Logs, metrics and health.</summary>
public static class ObservabilityRegistration
{
    /// <summary>By themselves these pages answer every method.</summary>
    private static readonly HttpMethodMetadata ReadOnly = new([HttpMethods.Get, HttpMethods.Head]);

    /// <summary>Registers them.</summary>
    public static void AddObservability(this WebApplicationBuilder builder, ShortenerOptions options)
    {
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment()) builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        else builder.Logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        // A log that nobody reads fast enough loses lines; it must not stop requests.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        // Hosting and routing log several lines a request, and nothing is logged per redirect.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // On at any level, hosting starts an activity and a log scope for each request.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // Why a start failed is said in a sentence; a background service that stops the host is critical and still told.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Logging.AddFilter<ConsoleLoggerProvider>(typeof(Access.DeveloperKeyAuthentication).FullName, LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        builder.Services.AddSingleton<ServiceMetrics>();
        var health = builder.Services.AddHealthChecks().AddCheck<StoreHealth>("store");
        if (options.Runs(ProcessRoles.Management)) health.AddCheck<KeyStockHealth<KeyPool>>("keys");
        if (options.Runs(ProcessRoles.KeyGen)) health.AddCheck<KeyStockHealth<KeyReserve>>("reserve");
    }

    /// <summary>Maps <c>/metrics</c>, <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapObservability(this WebApplication app)
    {
        var registry = Metrics.NewCustomRegistry();
        DotNetStats.Register(registry);
        var metrics = app.Services.GetRequiredService<ServiceMetrics>();
        var adapter = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = registry,
            InstrumentFilterPredicate = instrument => instrument.Meter == metrics.Meter,
            ResolveHistogramBuckets = _ => ServiceMetrics.DurationBuckets,
        });
        app.Lifetime.ApplicationStopped.Register(adapter.Dispose);
        app.MapMetrics(
            page =>
            {
                page.Registry = registry;
                page.EnableOpenMetrics = false;
            },
            "/metrics").ExcludeFromDescription().WithMetadata(ReadOnly);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .WithMetadata(ReadOnly);
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).WithMetadata(ReadOnly);
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        var checks = report.Entries.ToDictionary(
            entry => entry.Key, entry => entry.Value.Description is { } reason ? $"{entry.Value.Status}: {reason}" : $"{entry.Value.Status}");
        return context.Response.WriteAsync(JsonSerializer.Serialize(new { status = report.Status.ToString(), checks }));
    }
}
