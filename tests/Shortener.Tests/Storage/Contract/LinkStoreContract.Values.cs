using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class LinkStoreContract
{
    /// <summary>Links at the ends of what the rules allow, by what they show.</summary>
    private static readonly Dictionary<string, Link> Samples = new(StringComparer.Ordinal)
    {
        ["nothing optional"] = NewLink("abc") with { IsCustom = false },
        ["everything"] = NewLink("everything") with
        {
            ExpiresAt = Noon.AddDays(1),
            Title = "Sale",
            Tags = ["b", "a", "B"],
            RedirectStatus = 308,
            IsDisabled = true,
            UpdatedAt = Noon.AddMilliseconds(1),
        },
        ["Unicode"] = NewLink("unicode", "анна 😀") with
        {
            Title = "Größe \u05e9\u05dc\u05d5\u05dd 日本語 👩‍👩‍👧 e\u0301 \ufffd \"'\\ %_; -- \u2028",
            Tags = ["größe", "日本", "😀", "a,b", "[\"x\"]", "'; DROP TABLE links; --"],
        },
        ["the longest alias"] = NewLink(new string('Z', Alias.MaxLength)),
        ["every character of an alias"] = NewLink("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxy-_"),
        ["a URL of 2,048 characters"] = NewLink("long-url") with { Url = "https://example.com/".PadRight(2_048, '%') },
        ["a title of 1,000 characters"] = NewLink("long-title") with { Title = new string('ü', 1_000) },
        ["50 tags"] = NewLink("tags") with { Tags = [.. Enumerable.Range(0, 50).Select(i => $"tag {50 - i}")] },
        ["milliseconds"] = NewLink("ms") with
        {
            CreatedAt = Noon.AddMilliseconds(876), UpdatedAt = Noon.AddMilliseconds(877), ExpiresAt = Noon.AddMilliseconds(878),
        },
        ["the last time there is"] = NewLink("never") with
        {
            ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()),
        },
    };

    public static TheoryData<string> SampleNames => [.. Samples.Keys];

    [Theory]
    [MemberData(nameof(SampleNames))]
    public async Task An_inserted_link_has_all_its_values_also_after_reopening(string sample)
    {
        var link = Samples[sample];
        AssertSame(link, await Store.InsertAsync(link, Token));
        AssertSame(link, await FindAsync(link.Alias));
        await ReopenAsync();
        AssertSame(link, await FindAsync(link.Alias));
        AssertSame(link, Assert.Single((await Store.ListAsync(AllOf(link.Owner), Token)).Items));
    }

    [Theory]
    [MemberData(nameof(SampleNames))]
    public async Task An_updated_link_has_all_its_values_also_after_reopening(string sample)
    {
        var link = Samples[sample];
        var before = await InsertAsync(NewLink(link.Alias, link.Owner) with
        {
            CreatedAt = link.CreatedAt,
            IsCustom = link.IsCustom,
            Title = "before",
            Tags = ["before"],
            ExpiresAt = Noon,
        });
        var updated = link with { Version = 2, RequestId = Guid.CreateVersion7() };
        Assert.True(await Store.UpdateAsync(updated, before.Version, Token));
        await ReopenAsync();
        AssertSame(updated, await FindAsync(link.Alias));
    }

    [Fact]
    public async Task Values_of_one_write_do_not_show_up_in_the_next()
    {
        foreach (var link in Samples.Values.Concat(Samples.Values.Reverse().Select(link => link with { Alias = "x" + link.Alias[1..] })))
        {
            AssertSame(link, await Store.InsertAsync(link, Token));
            AssertSame(link, await FindAsync(link.Alias));
        }
    }
}
