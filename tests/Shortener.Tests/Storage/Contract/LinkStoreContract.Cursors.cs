using System.Text;
using Shortener.Core.Links;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class LinkStoreContract
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\0")]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("%%%")]
    [InlineData("====")]
    [InlineData("AAAA")]
    [InlineData("größe")]
    [InlineData("\ud800")]
    [InlineData("' OR 1=1 --")]
    public async Task A_cursor_that_nobody_handed_out_is_refused(string cursor)
    {
        await InsertAsync(NewLink("promo"));
        await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListAsync(AllOf("ann") with { Cursor = cursor }, Token));
    }

    [Fact]
    public async Task A_cursor_of_any_length_is_refused()
    {
        for (var length = 1; length <= 100_000; length *= 10)
        {
            var cursor = new string('A', length);
            await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListAsync(AllOf("ann") with { Cursor = cursor }, Token));
        }
    }

    [Fact]
    public async Task Random_cursors_are_refused_or_begin_a_page_of_the_owner_and_never_fail_otherwise()
    {
        await InsertAsync(NewLink("promo"));
        var random = new Random(20260203);
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            var cursor = (i % 4) switch
            {
                0 => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_').TrimEnd('='),
                1 => Encoding.Latin1.GetString(bytes),
                2 => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{random.NextInt64()} {Encoding.Latin1.GetString(bytes)}")).TrimEnd('='),
                _ => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{random.NextInt64()}0{i} promo")),
            };
            await ListOrRefuseAsync(cursor);
        }
    }

    [Fact]
    public async Task A_cursor_that_was_changed_is_refused_or_begins_a_page_and_never_fails_otherwise()
    {
        for (var i = 0; i < 3; i++) await InsertAsync(NewLink($"link-{i}"));
        var cursor = Assert.IsType<string>((await Store.ListAsync(AllOf("ann") with { Limit = 1 }, Token)).NextCursor);
        string[] spelled = [cursor + "=", cursor + " ", " " + cursor, cursor + "\n", cursor[..2] + " " + cursor[2..]];
        foreach (var text in spelled)
            await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListAsync(AllOf("ann") with { Cursor = text }, Token));

        string[] changed =
        [
            cursor[1..], cursor[..^1], cursor + "A", cursor + cursor, cursor.ToUpperInvariant(),
            .. Enumerable.Range(0, cursor.Length).SelectMany(i => "A_ =%\u0131".Select(c => cursor[..i] + c + cursor[(i + 1)..])),
        ];
        foreach (var text in changed) await ListOrRefuseAsync(text);
    }

    [Fact]
    public async Task A_cursor_goes_on_after_reopening_and_after_its_link_was_deleted()
    {
        for (var i = 0; i < 4; i++) await InsertAsync(NewLink($"link-{i}"));
        var page = await Store.ListAsync(AllOf("ann") with { Limit = 2 }, Token);
        await DeleteAsync(page.Items[^1]);
        await ReopenAsync();
        Assert.Equal(["link-1", "link-0"], await ListedAsync(AllOf("ann") with { Cursor = page.NextCursor, Limit = 1 }));
    }

    [Fact]
    public async Task A_link_that_stays_is_listed_exactly_once_whatever_is_made_and_deleted_meanwhile()
    {
        // Every time has links that stay and links that go, so that cursors stand on both.
        Link At(string name, int i) => NewLink($"{name}-{i:000}") with { CreatedAt = Noon.AddMilliseconds(i / 8), Tags = ["tag"] };
        var staying = await RaceAsync(100, i => InsertAsync(At("stays", i)));
        var going = await RaceAsync(100, i => InsertAsync(At("goes", i)));
        var churn = RaceAsync(2, async half =>
        {
            for (var i = 0; i < 100; i += 2)
            {
                await DeleteAsync(going[i + half]);
                await InsertAsync(At("comes", i + half));
            }

            return true;
        });
        LinkQuery[] queries = [AllOf("ann"), AllOf("ann") with { Tag = "tag" }, AllOf("ann") with { State = LinkState.Active }];
        var rounds = 0;
        do
        {
            foreach (var query in queries)
            {
                var listed = (await ListedAsync(query with { Limit = 3 })).ToList();
                Assert.Equal(
                    staying.Select(link => link.Alias).Reverse(),
                    listed.Where(alias => alias.StartsWith("stays", StringComparison.Ordinal)));
                Assert.Equal(listed.Distinct(), listed);
            }
        }
        while (!churn.IsCompleted || rounds++ == 0);
        await churn;
    }

    private async Task ListOrRefuseAsync(string cursor)
    {
        try
        {
            var page = await Store.ListAsync(AllOf("ann") with { Cursor = cursor }, Token);
            Assert.All(page.Items, link => Assert.Equal("ann", link.Owner));
        }
        catch (InvalidCursorException)
        {
            // As it should be.
        }
    }
}
