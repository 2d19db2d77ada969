using Shortener.Core.Links;

namespace Shortener.Tests.Core.Links;

/// <summary>Two who change one link at once.</summary>
public sealed class LinkConflictTests : LinkTests
{
    private static readonly Predicate<Link> IsFirstVersion = link => link.Version == 1;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await _links.CreateAsync("abc");
    }

    [Fact]
    public async Task Changes_that_met_the_same_state_both_land()
    {
        var results = await BothAfterReadingAsync(
            () => _links.PatchAsync("abc", new LinkDraft { Title = "Title" }),
            () => PatchElsewhereAsync(new LinkDraft { RedirectStatus = 308 }));

        Assert.Equal([LinkOutcome.Done, LinkOutcome.Done], results.Select(result => result.Outcome));
        var link = await _links.Service.FindAsync(LinkFixture.Alice, "abc", CancellationToken.None);
        Assert.Equal(("Title", 308, 3), (link!.Title, link.RedirectStatus, link.Version));
    }

    [Fact]
    public async Task Of_changes_to_a_named_version_one_lands_and_the_other_is_told()
    {
        var results = await BothAfterReadingAsync(
            () => _links.PatchAsync("abc", new LinkDraft { Title = "one" }, IsFirstVersion),
            () => PatchElsewhereAsync(new LinkDraft { Title = "two" }, IsFirstVersion));

        var done = Assert.Single(results, result => result.Outcome == LinkOutcome.Done);
        var told = Assert.Single(results, result => result.Outcome == LinkOutcome.VersionMismatch);
        Assert.Equal((done.Link!.Title, 2L), (told.Link!.Title, told.Link.Version));
    }

    [Fact]
    public async Task A_deletion_that_met_an_older_state_still_deletes_unless_it_named_that_state()
    {
        var results = await BothAfterReadingAsync(
            () => PatchElsewhereAsync(new LinkDraft { Title = "Title" }),
            () => _links.DeleteAsync("abc"));

        Assert.Contains(results[0].Outcome, new[] { LinkOutcome.Done, LinkOutcome.NotFound });
        Assert.Equal(LinkOutcome.Done, results[1].Outcome);
        Assert.Null(await _links.Service.FindAsync(LinkFixture.Alice, "abc", CancellationToken.None));
    }

    [Fact]
    public async Task A_deletion_or_change_of_another_version_than_named_is_refused()
    {
        await _links.PatchAsync("abc", new LinkDraft { Title = "Title" });

        foreach (var result in new[]
        {
            await _links.DeleteAsync("abc", IsFirstVersion),
            await _links.PatchAsync("abc", new LinkDraft { Title = "other" }, IsFirstVersion),
            await _links.Service.ReplaceAsync(
                LinkFixture.Alice, "abc", new LinkDraft { Url = "https://example.com/" }, IsFirstVersion, CancellationToken.None),
        })
        {
            Assert.Equal(LinkOutcome.VersionMismatch, result.Outcome);
            Assert.Equal(("Title", 2L), (result.Link!.Title, result.Link.Version));
        }
    }

    [Fact]
    public async Task Of_many_changes_at_once_that_name_no_version_all_land()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _links.PatchAsync("abc", new LinkDraft { Title = $"{i}" })));

        Assert.All(results, result => Assert.Equal(LinkOutcome.Done, result.Outcome));
        Assert.Equal(41, results.Max(result => result.Link!.Version));
    }

    private Task<LinkResult> PatchElsewhereAsync(LinkDraft draft, Predicate<Link>? mayChange = null) =>
        _links.OtherService.PatchAsync(LinkFixture.Alice, "abc", draft, mayChange, CancellationToken.None);

    /// <summary>Lets neither request go on before both have read the link.</summary>
    private async Task<LinkResult[]> BothAfterReadingAsync(Func<Task<LinkResult>> one, Func<Task<LinkResult>> other)
    {
        var (read, both) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _links.Store.AfterFind = () =>
        {
            if (Interlocked.Increment(ref read) == 2) both.SetResult();
            return both.Task;
        };
        return await Task.WhenAll(one(), other());
    }
}
