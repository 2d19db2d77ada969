using Shortener.Server.Settings;

namespace Shortener.Server.KeyGen;

/// <summary>How keys are made.</summary>
public sealed class KeyOptions : ICheckedOptions
{
    /// <summary>The fewest characters of a secret: 32 of them cannot be tried out.</summary>
    private const int MinSecretLength = 32;

    /// <summary>Characters of a generated alias.</summary>
    [Setting("Characters of a generated alias. 7 make 3.5e12 keys, of which five years at 200 links a second use 0.9%; take 8 " +
        "where links are secret, so that a guess finds one of 7,000 rather than of 110.", Min = "6", Max = "11")]
    public int Length { get; set; } = 7;

    /// <summary>The deployment's secret.</summary>
    [Setting("What keys are derived from, 32 characters or more. Empty: one is made at the first start and kept with the data. " +
        "After a change no key comes twice: those that earlier secrets produced are passed over.", IsSecret = true)]
    public string Secret { get; set; } = "";

    /// <summary>Numbers a lease.</summary>
    [Setting("Key numbers leased at a time; a crash wastes at most that many.", Min = "10", Max = "1000000")]
    public int BlockSize { get; set; } = 10_000;

    /// <summary>Keys in memory.</summary>
    [Setting("Keys that wait in memory, ready made: at 200 links a second 2,000 last ten seconds without the store.", Min = "10", Max = "1000000")]
    public int PoolSize { get; set; } = 2_000;

    /// <summary>When the pool is filled up.</summary>
    [Setting("The number of waiting keys at which the pool is filled up; less than PoolSize.", Min = "1", Max = "999999")]
    public int LowWater { get; set; } = 1_000;

    /// <inheritdoc/>
    public IEnumerable<string> Check()
    {
        if (Secret.Length is > 0 and < MinSecretLength)
            yield return $"Shortener:Keys:Secret has {Secret.Length} characters: write {MinSecretLength} or more, at random.";
        if (LowWater >= PoolSize)
            yield return $"Shortener:Keys:LowWater is {LowWater}: write less than Shortener:Keys:PoolSize, which is {PoolSize}.";
    }
}
