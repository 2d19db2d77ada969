namespace Cassandra;

/// <summary>Decides as well about requests that got no answer or that the coordinator could not serve.</summary>
public interface IExtendedRetryPolicy : IRetryPolicy
{
    /// <summary>The connection was lost, the driver's own time-out passed, or the coordinator is overloaded or failed.</summary>
    RetryDecision OnRequestError(IStatement statement, Configuration config, Exception ex, int nbRetry);
}
