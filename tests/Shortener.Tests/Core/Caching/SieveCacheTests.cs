using Shortener.Core.Caching;

namespace Shortener.Tests.Core.Caching;

/// <summary>
/// Histories are written as letters: a capital is a request, which hits or else inserts; a small letter removes the entry.
/// </summary>
public sealed class SieveCacheTests
{
    [Theory]
    [InlineData("ABCDEFG ABG H", "ABDEFGH")]
    [InlineData("ABCDEFG ABG H AD I", "ABDFGHI")]
    [InlineData("ABCDEFG ABG H AD I B J", "ABDGHIJ")]
    public void Evicts_as_the_papers_example_does(string history, string held) => Assert.Equal(held, HeldAfter(history, 7));

    [Theory]
    [InlineData("ABCDE", "CDE")]
    [InlineData("ABC A D", "ACD")]
    [InlineData("ABC AAAAB D E", "BDE")]
    [InlineData("ABC ABC D", "BCD")]
    [InlineData("ABC ABC DEF", "DEF")]
    public void A_hit_saves_an_entry_from_one_pass_of_the_hand_and_many_hits_count_as_one(string history, string held) =>
        Assert.Equal(held, HeldAfter(history, 3));

    [Fact]
    public void The_hand_starts_over_at_the_oldest_after_it_evicted_the_newest() =>
        Assert.Equal("ADE", HeldAfter("ABC AB D A E", 3));

    /// <summary>In each case A is passed over and B evicted, so that the hand stands at C.</summary>
    [Theory]
    [InlineData("ABCDE A F c GH", "AEFGH")]
    [InlineData("ABCDE A F d GH", "AEFGH")]
    [InlineData("ABCDE A F a GH", "DEFGH")]
    [InlineData("ABCDE A F f GH", "ADEGH")]
    [InlineData("ABCDE A F fe GHI", "ADGHI")]
    [InlineData("ABCDE A F cdef GHIJ K", "GHIJK")]
    [InlineData("ABCDE A F acdef GHIJK L", "HIJKL")]
    public void Removing_an_entry_leaves_the_hand_at_the_next_and_the_rest_in_order(string history, string held) =>
        Assert.Equal(held, HeldAfter(history, 5));

    [Fact]
    public void One_entry_is_a_cache_too()
    {
        Assert.Equal("C", HeldAfter("A A B C", 1));
        Assert.Equal("", HeldAfter("A a", 1));
    }

    [Fact]
    public void Replacing_an_entry_changes_its_value_and_neither_its_place_nor_its_mark()
    {
        var cache = After("ABC", 3);
        cache.Set("A", "new");
        Assert.Equal(3, cache.Count);
        cache.Set("D", "D");
        Assert.False(cache.TryGet("A", out _));

        cache.Set("B", "new");
        Assert.True(cache.TryGet("B", out var value));
        Assert.Equal("new", value);
    }

    [Fact]
    public void Only_what_makes_room_for_others_counts_as_evicted()
    {
        var cache = After("ABC c DE", 3);
        cache.Set("E", "new");

        Assert.Equal(1, cache.Evictions);
        Assert.True(cache.Remove("E"));
        Assert.False(cache.Remove("E"));
    }

    [Fact]
    public void No_capacity_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SieveCache<string>(0));

    private static SieveCache<string> After(string history, int capacity)
    {
        var cache = new SieveCache<string>(capacity);
        foreach (var letter in history.Where(char.IsAsciiLetter))
        {
            var key = char.ToUpperInvariant(letter).ToString();
            if (char.IsLower(letter)) Assert.True(cache.Remove(key));
            else if (!cache.TryGet(key, out _)) cache.Set(key, key);
            Assert.InRange(cache.Count, 0, capacity);
        }

        return cache;
    }

    private static string HeldAfter(string history, int capacity)
    {
        var cache = After(history, capacity);
        var held = string.Concat("ABCDEFGHIJKL".Where(key => cache.TryGet([key], out var value) && value == key.ToString()));
        Assert.Equal(held.Length, cache.Count);
        return held;
    }
}
