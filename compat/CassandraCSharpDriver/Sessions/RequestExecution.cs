using System.Collections.Concurrent;
using System.Net;
using Cassandra.Connections;
using Cassandra.Protocol;

namespace Cassandra.Sessions;

/// <summary>
/// One statement from its plan to its result: the hosts that it is sent to, what follows an error, and the further hosts that a
/// speculative execution asks. A statement that is not idempotent is never sent again once a server may have begun it.
/// </summary>
internal sealed class RequestExecution(Session session, Statement statement, byte[]? pagingState)
{
    private readonly Configuration _configuration = session.Configuration;
    private readonly ConcurrentDictionary<IPEndPoint, Exception> _errors = new();
    private readonly ConcurrentQueue<IPEndPoint> _tried = new();
    private readonly QueryPlan _plan =
        new(session.Configuration.Policies.LoadBalancingPolicy.NewQueryPlan(statement.Keyspace ?? session.Keyspace, statement));

    private readonly ExecutionParameters _parameters =
        ExecutionParameters.Of(statement, session.Configuration.QueryOptions) with { PagingState = pagingState };

    private volatile Host? _lastHost;

    private bool IsIdempotent => statement.IsIdempotent ?? _configuration.QueryOptions.GetDefaultIdempotence();

    public Task<RowSet> RunAsync()
    {
        var request = statement.Encode(_parameters);
        if (!IsIdempotent) return RunOnceAsync(request);
        var speculation = _configuration.Policies.SpeculativeExecutionPolicy.NewPlan(session.Keyspace, statement);
        return Speculation.RunAsync(() => RunOnceAsync(request), () => speculation.NextExecution(_lastHost), _configuration.TimeProvider);
    }

    private async Task<RowSet> RunOnceAsync(EncodedRequest request)
    {
        var (retries, parameters) = (0, _parameters);
        var prepared = new HashSet<string>();
        var host = NextHost();
        while (true)
        {
            if (session.Borrow(host) is not { } connection)
            {
                _errors[host.Address] = session.ErrorOf(host);
                host = NextHost();
                continue;
            }

            _tried.Enqueue(host.Address);
            var pending = new PendingRequest(request);
            try
            {
                var timeout = statement.ReadTimeoutMillis == 0 ? connection.DefaultTimeoutMillis : statement.ReadTimeoutMillis;
                return await ToRowSetAsync(await connection.SendAsync(pending, timeout), connection, parameters);
            }
            catch (PreparedQueryNotFoundException exception) when (prepared.Add(Convert.ToHexString(exception.UnknownId)))
            {
                await session.PrepareAgainAsync(connection, exception);
            }
            catch (Exception exception)
            {
                var decision = Retries.Decide(exception, pending.WasWritten, IsIdempotent, statement, _configuration, retries);
                if (decision.DecisionType == RetryDecision.RetryDecisionType.Ignore) return new RowSet();
                if (decision.DecisionType == RetryDecision.RetryDecisionType.Rethrow) throw;
                _errors[host.Address] = exception;
                if (pending.WasWritten) retries++;
                if (decision.RetryConsistencyLevel is { } level && level != parameters.Consistency)
                {
                    parameters = parameters with { Consistency = level };
                    request = statement.Encode(parameters);
                }

                if (!decision.UseCurrentHost) host = NextHost();
            }
        }
    }

    /// <exception cref="NoHostAvailableException">There is none any more.</exception>
    private Host NextHost()
    {
        var host = _plan.Next() ?? throw new NoHostAvailableException(new Dictionary<IPEndPoint, Exception>(_errors));
        _lastHost = host;
        return host;
    }

    private async Task<RowSet> ToRowSetAsync(Response response, Connection connection, ExecutionParameters parameters)
    {
        var info = new ExecutionInfo { TriedHosts = [.. _tried], Warnings = response.Warnings, AchievedConsistency = parameters.Consistency };
        switch (response)
        {
            case Response.Rows rows:
                return new RowSet(
                    info, rows.Metadata.Columns, rows.Items, rows.PagingState, state => session.FetchAsync(statement, state), statement.AutoPage);
            case Response.SchemaChanged:
                info.IsSchemaInAgreement = await session.AwaitSchemaAsync(connection);
                return new RowSet(info, [], []);
            case Response.KeyspaceSet set:
                connection.Close(System.Net.Sockets.SocketError.ConnectionAborted, $"its keyspace was changed to {set.Keyspace}");
                throw new NotSupportedException("USE would change one connection of many: connect a session to the keyspace");
            default:
                return new RowSet(info, [], []);
        }
    }
}
