using Cassandra;
using Shortener.Core;

namespace Shortener.Storage.Cassandra;

/// <summary>Changes the schema, one statement after the other: the next one not before all nodes have the last one.</summary>
internal sealed class SchemaChange(ISession session, TimeProvider time)
{
    /// <summary>How long one change, and the nodes' agreement on it, may take.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="StoreException">The nodes did not agree in time.</exception>
    public async Task ApplyAsync(string statement, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var change = new SimpleStatement(statement).SetReadTimeoutMillis((int)MaxWait.TotalMilliseconds);
        var result = await session.ExecuteAsync(change).WaitAsync(cancellationToken);
        var isAgreed = result.Info.IsSchemaInAgreement;
        while (!isAgreed && !(isAgreed = await session.Cluster.Metadata.CheckSchemaAgreementAsync()))
        {
            if (time.GetElapsedTime(start) > MaxWait)
            {
                throw new StoreException(
                    StoreFailure.Unavailable,
                    "Cassandra's nodes do not agree on the schema: see 'nodetool describecluster', then run 'shortener migrate' again.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
