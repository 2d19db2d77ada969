namespace Shortener.Server.Observability;

/// <summary>Times API calls by operation.</summary>
public sealed class ApiTiming(RequestDelegate next, ServiceMetrics metrics, TimeProvider time)
{
    /// <summary>Runs the rest of the pipeline and records how long that took.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        await next(context);
        var operation = context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "none";
        metrics.ApiAnswered(operation, context.Response.StatusCode, time.GetElapsedTime(start));
    }
}
