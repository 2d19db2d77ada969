using Shortener.Server.Settings;

namespace Shortener.Server.Hosting;

/// <summary>Where data is kept.</summary>
public sealed class StorageOptions : ICheckedOptions
{
    /// <summary>An empty database takes a tenth of it.</summary>
    private const long LeastBytes = 1_048_576;

    private const string Embedded = "embedded";
    private const string Cassandra = "cassandra";

    /// <summary>The kind of storage.</summary>
    [Setting("`embedded`: a database of its own inside this process, the settings below. `cassandra`: many processes over one cluster, the " +
        "settings of Shortener:Cassandra.")]
    public string Kind { get; set; } = Embedded;

    /// <summary>The folder of the embedded database.</summary>
    [Setting("The folder of the embedded database; made where it is missing. One process at a time.")]
    public string Directory { get; set; } = "data";

    /// <summary>The most bytes of the database.</summary>
    [Setting("The most bytes of the database file, 1,048,576 or more; 0: as many as the disk has. Its log beside it comes on top: " +
        "4 MB as a rule, more while a long read holds it.", Min = "0")]
    public long MaxBytes { get; set; }

    /// <summary>How long to wait for a locked database.</summary>
    [Setting("How long a write waits while another program, such as a backup, has the database locked.", Min = "00:00:01", Max = "00:01:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Read connections.</summary>
    [Setting("Read connections: look-ups that missed the cache run on that many threads at once.", Min = "1", Max = "64")]
    public int Readers { get; set; } = 4;

    /// <summary>Waiting reads or writes.</summary>
    [Setting("The most reads, and the most writes, that wait; further ones get 503 at once.", Min = "10", Max = "1000000")]
    public int MaxQueued { get; set; } = 10_000;

    /// <summary>Whether it is Cassandra.</summary>
    public bool IsCassandra => Kind == Cassandra;

    /// <inheritdoc/>
    public IEnumerable<string> Check()
    {
        if (Kind is not (Embedded or Cassandra))
            yield return $"Shortener:Storage:Kind is '{Kind}': write {Embedded} or {Cassandra}.";
        if (MaxBytes is > 0 and < LeastBytes)
            yield return $"Shortener:Storage:MaxBytes is {MaxBytes}: write {LeastBytes} or more, or 0 for no bound.";
    }
}
