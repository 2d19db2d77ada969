using System.Text.Json.Serialization;
using Shortener.Core.Keys;
using Shortener.Core.Links;

namespace Shortener.Server.KeyGen;

/// <summary>A run of key numbers: <paramref name="First"/> up to but not including <paramref name="End"/>.</summary>
public sealed record RangeBody(long First, long End);

/// <summary>A leased block.</summary>
/// <param name="LeaseId">Names the lease.</param>
/// <param name="SpaceId">The space of the numbers.</param>
/// <param name="Epoch">Higher for each later lease.</param>
/// <param name="Numbers">The numbers.</param>
public sealed record BlockBody(Guid LeaseId, string SpaceId, long Epoch, RangeBody Numbers)
{
    private const int MaxNumbers = 1_000_000;

    /// <summary>The body of a block.</summary>
    public static BlockBody Of(KeyBlock block) =>
        new(block.LeaseId, block.SpaceId, block.Epoch, new RangeBody(block.Numbers.First, block.Numbers.End));

    /// <summary>The block; null where it can be none.</summary>
    public KeyBlock? ToBlock() =>
        Numbers.First >= 0 && Numbers.End > Numbers.First && Numbers.End - Numbers.First <= MaxNumbers && KeySpace.IsId(SpaceId)
            ? new KeyBlock(LeaseId, SpaceId, new KeyRange(Numbers.First, Numbers.End), Epoch)
            : null;
}

/// <summary>What <c>POST /internal/keys</c> answers.</summary>
/// <param name="Block">The block, the caller's alone.</param>
/// <param name="Aliases">The alias of each number, in their order; null: the number is passed over.</param>
public sealed record BatchBody(BlockBody Block, IReadOnlyList<string?> Aliases)
{
    /// <summary>The body of a batch.</summary>
    public static BatchBody Of(KeyBatch batch) => new(BlockBody.Of(batch.Block), batch.Aliases);

    /// <summary>The batch; null where it can be none.</summary>
    public KeyBatch? ToBatch() =>
        Block.ToBlock() is { } block && block.Numbers.Count == Aliases.Count && Aliases.All(alias => alias is null || Alias.IsWellFormed(alias))
            ? new KeyBatch(block, Aliases)
            : null;
}

/// <summary>What <c>POST /internal/keys/returned</c> takes.</summary>
/// <param name="Block">The block, as it was received.</param>
/// <param name="Unused">The numbers that never became a key, in rising order.</param>
public sealed record ReturnedBody(BlockBody Block, IReadOnlyList<RangeBody> Unused)
{
    /// <summary>The ranges; null where they are not within the block and in rising order.</summary>
    public IReadOnlyList<KeyRange>? ToRanges()
    {
        var end = Block.Numbers.First;
        foreach (var range in Unused)
        {
            if (range.First < end || range.End <= range.First || range.End > Block.Numbers.End) return null;
            end = range.End;
        }

        return [.. Unused.Select(range => new KeyRange(range.First, range.End))];
    }
}

/// <summary>How they are written as JSON; a member that is missing is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BatchBody))]
[JsonSerializable(typeof(ReturnedBody))]
public sealed partial class KeyGenJson : JsonSerializerContext;
