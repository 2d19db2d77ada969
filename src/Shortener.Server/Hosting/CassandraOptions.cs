using System.Text.RegularExpressions;
using Cassandra;
using Shortener.Server.Settings;
using Shortener.Storage.Cassandra;

namespace Shortener.Server.Hosting;

/// <summary>The Cassandra cluster; used where <see cref="StorageOptions.Kind"/> says so.</summary>
public sealed partial class CassandraOptions : ICheckedOptions
{
    private static readonly Dictionary<string, ConsistencyLevel> ReadLevels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["LOCAL_QUORUM"] = ConsistencyLevel.LocalQuorum, ["QUORUM"] = ConsistencyLevel.Quorum,
    };

    private static readonly Dictionary<string, ConsistencyLevel> WriteLevels = new(ReadLevels, StringComparer.OrdinalIgnoreCase)
    {
        ["EACH_QUORUM"] = ConsistencyLevel.EachQuorum,
    };

    private static readonly Dictionary<string, ConsistencyLevel> SerialLevels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SERIAL"] = ConsistencyLevel.Serial, ["LOCAL_SERIAL"] = ConsistencyLevel.LocalSerial,
    };

    /// <summary>Nodes to begin with.</summary>
    [Setting("Addresses or names of Cassandra nodes to begin with, two or more where one may be away; the others are found from there.")]
    public IReadOnlyList<string> ContactPoints { get; set; } = [];

    /// <summary>Where nodes speak CQL.</summary>
    [Setting("Where every node speaks CQL.", Min = "1", Max = "65535")]
    public int Port { get; set; } = 9042;

    /// <summary>Where the tables are.</summary>
    [Setting("Where the tables are; `shortener migrate` makes it.")]
    public string Keyspace { get; set; } = "shortener";

    /// <summary>The data centre asked.</summary>
    [Setting("The data centre of Cassandra whose nodes this process asks; the default is what a Cassandra without racks and data centres calls its own.")]
    public string LocalDatacenter { get; set; } = "datacenter1";

    /// <summary>Copies of each row.</summary>
    [Setting("How many nodes keep each row, by data centre: `dc1:3,dc2:3`; a number alone is for the local one. With fewer than 3, one node " +
        "that is away stops everything that is not in a cache.")]
    public IReadOnlyList<string> Replication { get; set; } = ["3"];

    /// <summary>Who the service is.</summary>
    [Setting("The user of this service; empty where Cassandra asks nobody.")]
    public string Username { get; set; } = "";

    /// <summary>The user's password.</summary>
    [Setting("The user's password.", IsSecret = true)]
    public string Password { get; set; } = "";

    /// <summary>Whether connections are encrypted.</summary>
    [Setting("Whether connections are encrypted and the nodes' certificates checked against the system's trust.")]
    public bool Tls { get; set; }

    /// <summary>The level of reads.</summary>
    [Setting("`LOCAL_QUORUM` or `QUORUM`: who must answer a look-up. One node alone may have missed the last change, so there is no lower level.")]
    public string ReadConsistency { get; set; } = "LOCAL_QUORUM";

    /// <summary>The level of writes.</summary>
    [Setting("`LOCAL_QUORUM`, `QUORUM` or `EACH_QUORUM`: who must have a change before it is answered.")]
    public string WriteConsistency { get; set; } = "LOCAL_QUORUM";

    /// <summary>The level of conditions.</summary>
    [Setting("`SERIAL` or `LOCAL_SERIAL`: among whom it is agreed which of two changes comes first. LOCAL_SERIAL spares the way to other data " +
        "centres, and is safe only while one of them makes and changes links (docs/decisions/0011).")]
    public string SerialConsistency { get; set; } = "SERIAL";

    /// <summary>How long a request waits.</summary>
    [Setting("How long one request waits for a node.", Min = "00:00:00.1000000", Max = "00:01:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an outcome is asked for.</summary>
    [Setting("How long it is asked what became of a change whose answer was lost, before the caller gets 503.", Min = "00:00:00.1000000", Max = "00:05:00")]
    public TimeSpan DecisionTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public IEnumerable<string> Check()
    {
        if (!Name().IsMatch(Keyspace))
            yield return $"Shortener:Cassandra:Keyspace is '{Keyspace}': write 1 to 48 of a-z, 0-9 and _, beginning with a letter.";
        if (LocalDatacenter.Length == 0)
            yield return "Shortener:Cassandra:LocalDatacenter is empty: write a data centre's name as 'nodetool status' shows it.";
        if (Copies is null)
            yield return $"Shortener:Cassandra:Replication is '{string.Join(',', Replication)}': write a number of copies, such as 3, or dc1:3,dc2:3.";
        if (Username.Length == 0 && Password.Length > 0)
            yield return "Shortener:Cassandra:Password is there without Shortener:Cassandra:Username: write both or none.";
        foreach (var (name, level, levels) in Levels)
        {
            if (!levels.ContainsKey(level))
                yield return $"Shortener:Cassandra:{name} is '{level}': write {string.Join(" or ", levels.Keys)}.";
        }
    }

    /// <summary>What the storage is given.</summary>
    public CassandraSettings ToSettings() => new(
        ContactPoints, Port, Keyspace, LocalDatacenter, Copies!, RequestTimeout, DecisionTimeout)
    {
        Username = Username, Password = Password, Tls = Tls,
        ReadConsistency = ReadLevels[ReadConsistency], WriteConsistency = WriteLevels[WriteConsistency],
        SerialConsistency = SerialLevels[SerialConsistency],
    };

    private Storage.Cassandra.Replication? Copies => Storage.Cassandra.Replication.TryParse(Replication, LocalDatacenter);

    private (string Name, string Level, Dictionary<string, ConsistencyLevel> Levels)[] Levels =>
    [
        (nameof(ReadConsistency), ReadConsistency, ReadLevels),
        (nameof(WriteConsistency), WriteConsistency, WriteLevels),
        (nameof(SerialConsistency), SerialConsistency, SerialLevels),
    ];

    [GeneratedRegex("^[a-z][a-z0-9_]{0,47}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
