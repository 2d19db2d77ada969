using System.Collections.Concurrent;
using System.Net.Sockets;
using Cassandra.Connections;
using Cassandra.Protocol;

namespace Cassandra.Sessions;

/// <summary>The prepared statements of a session, by the id that the servers give them.</summary>
internal sealed class PreparedStatements
{
    private readonly ConcurrentDictionary<string, PreparedStatement> _byId = new();

    public async Task<PreparedStatement> PrepareAsync(string query, Connection connection)
    {
        var (id, variables, partitionKey) = await SendAsync(query, connection);
        return _byId[Convert.ToHexString(id)] = new PreparedStatement(id, query, variables, partitionKey);
    }

    /// <summary>Prepares one again that the host does not know.</summary>
    /// <exception cref="PreparedQueryNotFoundException">It is not one of this session's.</exception>
    /// <exception cref="DriverException">The host gives it another id now, as after a change of its table.</exception>
    public async Task PrepareAgainAsync(Connection connection, PreparedQueryNotFoundException unknown)
    {
        var id = Convert.ToHexString(unknown.UnknownId);
        if (!_byId.TryGetValue(id, out var statement)) throw unknown;
        var answer = await SendAsync(statement.QueryString, connection);
        if (Convert.ToHexString(answer.Id) != id)
            throw new DriverException($"{connection.Host} gives a prepared statement another id than before, prepare it again: {statement.QueryString}");
    }

    /// <summary>Prepares all of them on a host that may not know them.</summary>
    public Task PrepareAllAsync(Connection connection) =>
        Task.WhenAll(_byId.Values.Select(statement => TryPrepareAsync(statement, connection)));

    /// <summary>Prepares one on a further host; a failure is left to the first request there, which prepares it again.</summary>
    public static async Task TryPrepareAsync(PreparedStatement statement, Connection connection)
    {
        try
        {
            await SendAsync(statement.QueryString, connection);
        }
        catch (Exception exception) when (exception is DriverException or SocketException)
        {
            // The first request there meets the same error or prepares it.
        }
    }

    private static async Task<(byte[] Id, RowSetMetadata Variables, int[] PartitionKey)> SendAsync(string query, Connection connection)
    {
        var answer = await connection.SendAsync(Requests.Prepare(query), connection.DefaultTimeoutMillis);
        return answer is Response.Prepared prepared
            ? (prepared.Id, prepared.Variables, prepared.PartitionKey)
            : throw new ConnectionException(SocketError.ProtocolNotSupported, connection.Host, $"an unexpected {answer.GetType().Name}");
    }
}
