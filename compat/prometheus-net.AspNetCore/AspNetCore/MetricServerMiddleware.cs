using Microsoft.AspNetCore.Http;

namespace Prometheus;

/// <summary>Answers a scrape over HTTP. The stand-in serves it only by <c>MapMetrics</c>.</summary>
public sealed class MetricServerMiddleware
{
    private readonly CollectorRegistry registry;

    internal MetricServerMiddleware(Settings settings) => registry = settings.Registry ?? Metrics.DefaultRegistry;

    internal async Task Invoke(HttpContext context)
    {
        // Collected in whole first, so that a failure is a clean 500 and never half a page.
        using var page = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(page, context.RequestAborted);
        context.Response.ContentType = ExpositionText.ContentType;
        context.Response.ContentLength = page.Length;
        page.Position = 0;
        await page.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>What is served, and how.</summary>
    public sealed class Settings
    {
        /// <summary>The registry to serve; null: the default one.</summary>
        public CollectorRegistry? Registry { get; set; }

        /// <summary>Whether a scraper that asks for OpenMetrics gets it: never, here. The official package says true.</summary>
        public bool EnableOpenMetrics
        {
            get;
            set
            {
                if (value)
                {
                    throw new NotSupportedException(
                        "This is the stand-in for prometheus-net.AspNetCore: it serves the text format only, not OpenMetrics.");
                }
                field = value;
            }
        }
    }
}
