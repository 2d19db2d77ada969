using Shortener.Core.Keys;

namespace Shortener.Tests.Core.Keys;

public sealed class KeyPermutationTests
{
    private const int Many = 2_000;

    [Fact]
    public void Consecutive_numbers_become_different_aliases_of_the_right_length()
    {
        using var permutation = new KeyPermutation(KeySpaces.Of("a", length: 7), []);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0L; number < 200_000; number++)
        {
            var alias = permutation.ToAlias(number)!;
            Assert.True(seen.Add(alias), $"{alias} came twice");
            Assert.True(alias.Length == 7 && alias.All(char.IsAsciiLetterOrDigit), alias);
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(11)]
    public void The_last_number_of_a_space_has_an_alias_too(int length)
    {
        var space = KeySpaces.Of("a", length);
        using var permutation = new KeyPermutation(space, []);

        var alias = permutation.ToAlias(KeySpace.CapacityOf(length) - 1)!;

        Assert.Equal(KeySpace.CapacityOf(length) - 1, space.NumberOf(alias));
    }

    [Fact]
    public void Aliases_that_an_earlier_secret_produced_are_passed_over()
    {
        var (earlier, later) = (KeySpaces.Of("a", next: Many), KeySpaces.Of("b"));
        using var before = new KeyPermutation(earlier, []);
        using var after = new KeyPermutation(later, [earlier]);

        for (var number = 0L; number < Many; number++)
        {
            var alias = before.ToAlias(number)!;
            Assert.Null(after.ToAlias(later.NumberOf(alias)));
        }
    }

    [Fact]
    public void Aliases_that_an_earlier_secret_has_not_produced_are_kept()
    {
        var (earlier, later) = (KeySpaces.Of("a", next: Many), KeySpaces.Of("b"));
        using var before = new KeyPermutation(earlier, []);
        using var after = new KeyPermutation(later, [earlier]);

        for (var number = earlier.Next; number < 2 * Many; number++)
        {
            var alias = before.ToAlias(number)!;
            Assert.Equal(alias, after.ToAlias(later.NumberOf(alias)));
        }
    }

    [Fact]
    public void Every_closed_space_counts_not_only_the_latest()
    {
        KeySpace[] closed = [KeySpaces.Of("a", next: 100), KeySpaces.Of("b", next: 100), KeySpaces.Of("c", next: 100)];
        var active = KeySpaces.Of("d");
        using var permutation = new KeyPermutation(active, closed);

        foreach (var space in closed)
        {
            using var earlier = new KeyPermutation(space, []);
            for (var number = 0L; number < space.Next; number++)
                Assert.Null(permutation.ToAlias(active.NumberOf(earlier.ToAlias(number)!)));
        }
    }

    [Fact]
    public void Spaces_of_different_lengths_have_no_alias_in_common()
    {
        using var six = new KeyPermutation(KeySpaces.Of("a", length: 6), []);
        using var seven = new KeyPermutation(KeySpaces.Of("a", length: 7), []);

        for (var number = 0L; number < Many; number++)
            Assert.Equal((6, 7), (six.ToAlias(number)!.Length, seven.ToAlias(number)!.Length));
    }

    [Fact]
    public void Another_secret_or_length_is_another_space_and_the_same_ones_are_the_same()
    {
        var space = KeySpaces.Of("a", 7);

        Assert.Equal(KeySpaces.Of("a", 7).Id, space.Id);
        Assert.NotEqual(KeySpaces.Of("b", 7).Id, space.Id);
        Assert.NotEqual(KeySpaces.Of("a", 8).Id, space.Id);
        Assert.NotEqual(KeySpaces.Of("b", 7).Secret, space.Secret);
        Assert.DoesNotContain(Convert.ToHexStringLower(space.Secret)[..16], space.Id, StringComparison.Ordinal);
    }
}
