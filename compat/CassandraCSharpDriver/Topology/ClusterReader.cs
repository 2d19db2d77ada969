using System.Globalization;
using System.Net;
using Cassandra.Connections;
using Cassandra.Protocol;

namespace Cassandra.Topology;

/// <summary>Reads what a node knows of its cluster from the system tables of Cassandra 4.0 and later.</summary>
internal sealed class ClusterReader(Configuration configuration)
{
    private const string NodeColumns = "host_id, data_center, rack, release_version, tokens, schema_version";

    /// <summary>Reads nodes and keyspaces. Nodes known already keep their objects.</summary>
    public async Task ReadAsync(Connection connection, Metadata metadata)
    {
        var local = (await RowsAsync(connection, $"SELECT cluster_name, partitioner, {NodeColumns} FROM system.local"))[0];
        var hasRing = local.GetValue<string>("partitioner").EndsWith("Murmur3Partitioner", StringComparison.Ordinal);
        var hosts = new Dictionary<IPEndPoint, Host>();
        Add(connection.Host, local);
        foreach (var peer in await RowsAsync(connection, $"SELECT native_address, native_port, {NodeColumns} FROM system.peers_v2"))
        {
            // A node that is joining or leaving can have a row without all of this.
            if (peer.IsNull("native_address") || peer.IsNull("host_id") || peer.IsNull("data_center") || peer.IsNull("tokens")) continue;
            var address = peer.GetValue<IPAddress>("native_address");
            if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) continue;
            Add(new IPEndPoint(address, peer.IsNull("native_port") ? configuration.ProtocolOptions.Port : peer.GetValue<int>("native_port")), peer);
        }

        metadata.Replace(local.GetValue<string>("cluster_name"), hosts, await KeyspacesAsync(connection));

        void Add(IPEndPoint address, Row row)
        {
            var id = row.GetValue<Guid>("host_id");
            // A node can be known under another address than the one it gives itself, such as a contact point's.
            var host = metadata.AllHosts().FirstOrDefault(known => known.HostId == id && Holds(known, address)) ?? new Host(address);
            var tokens = hasRing ? row.GetValue<string[]>("tokens").Select(token => long.Parse(token, CultureInfo.InvariantCulture)).ToArray() : [];
            host.Describe(id, row.GetValue<string>("data_center"), row.GetValue<string>("rack"), row.GetValue<string>("release_version"), tokens);
            hosts[host.Address] = host;
        }
    }

    /// <summary>Whether all nodes that are up have the same schema, as far as this one knows.</summary>
    public static async Task<bool> AgreeAsync(Connection connection, Metadata metadata)
    {
        var local = await RowsAsync(connection, "SELECT schema_version FROM system.local");
        var peers = await RowsAsync(connection, "SELECT host_id, schema_version FROM system.peers_v2");
        var up = metadata.AllHosts().Where(host => host.IsUp).Select(host => host.HostId).ToHashSet();
        return peers.Where(peer => !peer.IsNull("host_id") && up.Contains(peer.GetValue<Guid>("host_id"))).Concat(local)
            .Select(row => row.GetValue<Guid?>("schema_version")).Distinct().Count() == 1;
    }

    /// <summary>
    /// Whether the object still fits. Where a contact point's address and a node's own differ, the one known first stays, as
    /// long as the node is up there.
    /// </summary>
    private static bool Holds(Host known, IPEndPoint address) => known.Address.Equals(address) || known.IsUp;

    private static async Task<Dictionary<string, KeyspaceMetadata>> KeyspacesAsync(Connection connection)
    {
        var rows = await RowsAsync(connection, "SELECT keyspace_name, durable_writes, replication FROM system_schema.keyspaces");
        return rows.Select(row => KeyspaceMetadata.Of(
                row.GetValue<string>("keyspace_name"), row.GetValue<bool>("durable_writes"),
                row.GetValue<Dictionary<string, string>>("replication")))
            .ToDictionary(keyspace => keyspace.Name);
    }

    private static async Task<Row[]> RowsAsync(Connection connection, string query) =>
        await connection.SendAsync(Requests.Query(query), connection.DefaultTimeoutMillis) is Response.Rows rows
            ? rows.Items
            : throw new MalformedFrameException($"no rows for {query}");
}
