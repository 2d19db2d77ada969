using Shortener.Server.Settings;

namespace Shortener.Server.KeyGen;

/// <summary>The key-generation role: how a process serves keys to others, and from whom it takes them.</summary>
public sealed class KeyGenOptions : ICheckedOptions
{
    /// <summary>The fewest characters of a token: 32 of them cannot be tried out.</summary>
    private const int MinTokenLength = 32;

    /// <summary>What processes show each other.</summary>
    [Setting("The secret that processes show when they ask the role `keygen` for keys, 32 characters or more, the same everywhere. A process of that " +
        "role serves keys to others only with it; no developer key takes its place.", IsSecret = true)]
    public string Token { get; set; } = "";

    /// <summary>The replicas.</summary>
    [Setting("Where the processes of the role `keygen` are, two or more: `http://10.0.0.1:8080,http://10.0.0.2:8080`. This one takes its keys " +
        "from them, and leases from the store itself while it reaches none. Empty: it always leases itself.")]
    public IReadOnlyList<string> Addresses { get; set; } = [];

    /// <summary>The deadline of a call.</summary>
    [Setting("How long one of them may take to answer before the next is asked.", Min = "00:00:00.0500000", Max = "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a failing replica is left alone.</summary>
    [Setting("How long one that failed is not asked again.", Min = "00:00:00.1000000", Max = "00:10:00")]
    public TimeSpan AvoidFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Keys that go to one process at a time.</summary>
    [Setting("The keys that the role `keygen` gives to a process at a time, each time one lease. A process that crashes wastes at most that many and " +
        "its pool.", Min = "10", Max = "10000")]
    public int BatchSize { get; set; } = 1_000;

    /// <summary>Batches in memory.</summary>
    [Setting("Batches that wait in the memory of the role `keygen`: 20 of 1,000 keys last 100 seconds at 200 links a second without the store.",
        Min = "1", Max = "1000")]
    public int ReadyBatches { get; set; } = 20;

    /// <summary>The addresses; what <see cref="Check"/> refuses is left out.</summary>
    public IReadOnlyList<Uri> Replicas => [.. Addresses.Select(Parse).OfType<Uri>()];

    /// <inheritdoc/>
    public IEnumerable<string> Check()
    {
        if (Token.Length is > 0 and < MinTokenLength)
            yield return $"Shortener:KeyGen:Token has {Token.Length} characters: write {MinTokenLength} or more, at random.";
        // It goes into a header as it is.
        if (Token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            yield return "Shortener:KeyGen:Token has characters that a header cannot carry: write letters, digits and punctuation of ASCII, without blanks.";
        if (Token.Length == 0 && Addresses.Count > 0)
            yield return "Shortener:KeyGen:Addresses is there without Shortener:KeyGen:Token: write the token of those processes.";
        foreach (var address in Addresses.Where(address => Parse(address) is null))
            yield return $"Shortener:KeyGen:Addresses names '{address}': write addresses such as http://10.0.0.1:8080.";
    }

    /// <summary>Null: no address of a server, or one with a path, user or query, which would have no effect.</summary>
    private static Uri? Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 ? uri : null;
}
