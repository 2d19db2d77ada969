using Shortener.Core.Visits;
using Shortener.Server.Settings;

namespace Shortener.Server.Telemetry;

/// <summary>How visits are counted.</summary>
public sealed class VisitOptions : ICheckedOptions
{
    /// <summary>Segments that there must be room for: one that is written, one that is ready, and one that waits.</summary>
    private const int LeastSegments = 3;

    /// <summary>Whether visits are counted.</summary>
    [Setting("Whether visits are counted at all. Where not, those that wait in files stay there until they are again.")]
    public bool Enabled { get; set; } = true;

    /// <summary>Where visits wait.</summary>
    [Setting("The folder, on a disk of this machine, in which visits wait until they are in the store; processes can share it. Empty: " +
        "`visits` in Storage:Directory.")]
    public string Directory { get; set; } = "";

    /// <summary>The most bytes that wait.</summary>
    [Setting("The most bytes of visits that wait, about 250 each: 1 GiB lasts over three minutes at 20,000 visits a second while the store is " +
        "down. Further visits are not counted; redirects go on.", Min = "1048576", Max = "1099511627776")]
    public long MaxBytes { get; set; } = 1L << 30;

    /// <summary>Bytes of a segment.</summary>
    [Setting("Bytes of a file of visits; three of them must fit into MaxBytes.", Min = "65536", Max = "1073741824")]
    public int SegmentBytes { get; set; } = 8 << 20;

    /// <summary>How long a visit waits.</summary>
    [Setting("How long a visit waits, as a rule, until it is in the store and counts.", Min = "00:00:00.1000000", Max = "00:05:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long hours are kept.</summary>
    [Setting("How long visits are kept by the hour; older ones are kept by the UTC day, so that statistics in another " +
        "time zone show them on the day in which that begins.", Min = "2.00:00:00", Max = "3660.00:00:00")]
    public TimeSpan HoursKept { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How many visits of a link are kept one by one.</summary>
    [Setting("The most visits of each link that are kept one by one, the newest, and listed by `/api/v1/links/{alias}/visits`; 0: none. " +
        "The same for every process. Those that are kept stay for their lifetime when it is set to 0.", Min = "0", Max = "1000")]
    public int KeepRaw { get; set; }

    /// <summary>How long they are.</summary>
    [Setting("How long visits are kept one by one.", Min = "01:00:00", Max = "366.00:00:00")]
    public TimeSpan RawLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long visits outlive their link.</summary>
    [Setting("How long visits are kept after their link has expired or was deleted; where it is extended later, it counts from then on. The " +
        "sums of all links of an owner keep them. 31 days at least, because visits go by the month.",
        Min = "31.00:00:00", Max = "3660.00:00:00")]
    public TimeSpan KeptAfterLink { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The country file.</summary>
    [Setting("A MaxMind-DB file that tells countries, such as `eng/geo` fetches; a newer one in its place is taken within a minute. " +
        "Empty: every country is unknown.")]
    public string CountryFile { get; set; } = "";

    /// <summary>What the store keeps.</summary>
    public VisitStoreSettings StoreSettings => new(HoursKept, KeepRaw, RawLifetime);

    /// <summary>The folder in which visits wait, where the process keeps its data in <paramref name="data"/>.</summary>
    public string FolderIn(string data) => Directory.Length > 0 ? Directory : Path.Combine(data, "visits");

    /// <inheritdoc/>
    public IEnumerable<string> Check()
    {
        if (MaxBytes < (long)LeastSegments * SegmentBytes)
            yield return $"Shortener:Visits:MaxBytes is {MaxBytes}: write {(long)LeastSegments * SegmentBytes} or more, " +
                $"{LeastSegments} times Shortener:Visits:SegmentBytes.";
    }
}
