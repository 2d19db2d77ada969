using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Shortener.Core;
using Shortener.Core.Keys;

namespace Shortener.Server.Problems;

/// <summary>
/// Turns what was thrown, and bare status codes, into problems. A store that cannot answer is 503 or 507, never 404.
/// </summary>
public sealed partial class FailureAnswers(ILogger<FailureAnswers> logger) : IExceptionHandler
{
    private const int RetryAfterSeconds = 2;

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // Nobody is there to read an answer.
        if (exception is ConnectionResetException) return true;
        if (exception is OperationCanceledException or IOException && httpContext.RequestAborted.IsCancellationRequested) return true;
        await For(exception, httpContext).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The problem for a failure; logs those that an operator must know of.</summary>
    public Answer For(Exception failure, HttpContext context)
    {
        switch (failure)
        {
            case StoreException { Failure: StoreFailure.Full }:
                LogStoreFailure(failure.Message);
                return Answer.Problem(ProblemType.StorageFull);
            case StoreException { Failure: StoreFailure.UnknownOutcome }:
                LogStoreFailure(failure.Message);
                return Answer.Problem(ProblemType.UnknownOutcome) with { RetryAfter = RetryAfterSeconds };
            case StoreException or TimeoutException:
                LogStoreFailure(failure.Message);
                return Answer.Problem(ProblemType.StoreUnavailable) with { RetryAfter = RetryAfterSeconds };
            case KeySpaceException:
                LogNoKey(failure.Message);
                return Answer.Problem(ProblemType.NoKeyLeft);
            case ChannelClosedException:
                // The key pool was drained: this request outlived the time that a stop waits for.
                return Answer.Problem(ProblemType.Stopping) with { RetryAfter = RetryAfterSeconds };
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Answer.Problem(ProblemType.BodyTooLarge);
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                return Answer.Problem(ProblemType.RequestTimeout);
            case BadHttpRequestException bad:
                return Answer.Problem(ProblemType.BadRequest, bad.Message);
            default:
                LogFailure(failure, context.Request.Path);
                return Answer.Problem(ProblemType.InternalError, traceId: Activity.Current?.Id ?? context.TraceIdentifier);
        }
    }

    /// <summary>Logs a store failure that the caller need not hear of.</summary>
    public void Report(Exception failure) => LogStoreFailure(failure.Message);

    /// <summary>The problem that stands for a status without a body.</summary>
    public static Task WriteForStatusAsync(StatusCodeContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        var type = ProblemType.All.FirstOrDefault(type => type.Status == status) ?? ProblemType.BadRequest;
        return (Answer.Problem(type) with { Status = status }).ExecuteAsync(context.HttpContext);
    }

    [LoggerMessage(LogLevel.Error, "The store failed: {Reason}")]
    private partial void LogStoreFailure(string reason);

    [LoggerMessage(LogLevel.Error, "No alias can be generated: {Reason}")]
    private partial void LogNoKey(string reason);

    [LoggerMessage(LogLevel.Error, "A request to {Path} failed")]
    private partial void LogFailure(Exception failure, PathString path);
}
