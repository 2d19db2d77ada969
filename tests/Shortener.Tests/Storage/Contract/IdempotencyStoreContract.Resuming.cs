using Shortener.Core.Idempotency;

namespace Shortener.Tests.Storage.Contract;

public abstract partial class IdempotencyStoreContract
{
    [Fact]
    public async Task A_try_whose_lock_ran_out_is_begun_again_under_its_first_id()
    {
        var id = await StartAsync(Noon);
        await ReopenAsync();
        Assert.Equal(new BeginResult(BeginOutcome.Started, id), await BeginAsync(Noon + Lock));
        Assert.Equal(BeginOutcome.InFlight, (await BeginAsync(Noon + Lock)).Outcome);
        Assert.Equal(new BeginResult(BeginOutcome.Started, id), await BeginAsync(Noon + Lock + Lock));
    }

    [Fact]
    public async Task A_later_try_is_given_the_alias_that_an_earlier_one_chose()
    {
        var id = await StartAsync(Noon);
        Assert.True(await Store.ChooseAliasAsync(Post, id, "first", Token));
        Assert.True(await Store.ChooseAliasAsync(Post, id, "second", Token));
        await ReopenAsync();
        Assert.Equal(new BeginResult(BeginOutcome.Started, id, "second"), await BeginAsync(Noon + Lock));
    }

    [Fact]
    public async Task An_abandoned_try_is_begun_again_at_once_under_its_id_and_alias()
    {
        var id = await StartAsync(Noon);
        await Store.ChooseAliasAsync(Post, id, "chosen", Token);
        await Store.AbandonAsync(Post, id, Token);
        await ReopenAsync();
        Assert.Equal(new BeginResult(BeginOutcome.Started, id, "chosen"), await BeginAsync(Noon));
        Assert.Equal(BeginOutcome.InFlight, (await BeginAsync(Noon)).Outcome);
    }

    [Fact]
    public async Task Of_many_that_resume_at_once_exactly_one_is_started()
    {
        var id = await StartAsync(Noon);
        var started = Assert.Single(await RaceAsync(64, _ => BeginAsync(Noon + Lock)), result => result.Outcome == BeginOutcome.Started);
        Assert.Equal(id, started.RequestId);
    }

    [Fact]
    public async Task A_resumed_try_can_be_completed()
    {
        await StartAsync(Noon);
        var resumed = Guid.CreateVersion7();
        await BeginAsync(Noon + Lock, resumed);
        await Store.CompleteAsync(Post, resumed, Answer, Token);
        Assert.Equal(Answer, (await BeginAsync(Noon + Lock + Lock)).Answer);
    }

    [Fact]
    public async Task Choosing_completing_and_abandoning_what_nobody_began_does_nothing()
    {
        var nobody = Guid.CreateVersion7();
        Assert.False(await Store.ChooseAliasAsync(Post, nobody, "alias", Token));
        await Store.CompleteAsync(Post, nobody, Answer, Token);
        await Store.AbandonAsync(Post, nobody, Token);
        await StartAsync(Noon);
    }

    [Fact]
    public async Task A_try_that_was_taken_over_changes_nothing_any_more()
    {
        var (first, second) = (await StartAsync(Noon), Guid.CreateVersion7());
        await BeginAsync(Noon + Lock, second);
        Assert.False(await Store.ChooseAliasAsync(Post, first, "late", Token));
        await Store.AbandonAsync(Post, first, Token);
        await Store.CompleteAsync(Post, first, [1], Token);
        Assert.Equal(new BeginResult(BeginOutcome.InFlight), await BeginAsync(Noon + Lock));

        Assert.True(await Store.ChooseAliasAsync(Post, second, "chosen", Token));
        var third = Guid.CreateVersion7();
        Assert.Equal(new BeginResult(BeginOutcome.Started, first, "chosen"), await BeginAsync(Noon + Lock + Lock, third));
        await Store.CompleteAsync(Post, third, Answer, Token);
        await Store.CompleteAsync(Post, second, [2], Token);
        Assert.Equal(Answer, (await BeginAsync(Noon + Lock + Lock)).Answer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_is_forgotten_at_its_time_with_its_id_alias_and_answer(bool isCompleted)
    {
        var id = await StartAsync(Noon);
        await Store.ChooseAliasAsync(Post, id, "alias", Token);
        if (isCompleted) await Store.CompleteAsync(Post, id, Answer, Token);
        var before = await BeginAsync(Noon + Kept - TimeSpan.FromMilliseconds(1));
        Assert.Equal(isCompleted ? BeginOutcome.Completed : BeginOutcome.Started, before.Outcome);
        Assert.Equal(isCompleted ? default : id, before.RequestId);
        await ReopenAsync();
        await StartAsync(Noon + Kept);
        Assert.Equal(BeginOutcome.InFlight, (await BeginAsync(Noon + Kept)).Outcome);
    }

    [Fact]
    public async Task A_forgotten_key_may_name_another_request()
    {
        var id = await StartAsync(Noon);
        await Store.CompleteAsync(Post, id, Answer, Token);
        Assert.Equal(BeginOutcome.Started, (await BeginAsync(Noon + Kept, print: [9])).Outcome);
        Assert.Equal(BeginOutcome.Different, (await BeginAsync(Noon + Kept)).Outcome);
    }

    [Fact]
    public async Task A_request_is_forgotten_at_its_time_however_many_are_at_once()
    {
        await RaceAsync(100, i => BeginAsync(Noon, request: Post with { Key = $"old-{i}" }));
        for (var i = 99; i >= 0; i--)
            Assert.Equal(BeginOutcome.Started, (await BeginAsync(Noon + Kept, print: [9], request: Post with { Key = $"old-{i}" })).Outcome);
    }

    [Fact]
    public async Task Forgetting_many_requests_spares_those_still_kept()
    {
        await RaceAsync(100, i => BeginAsync(Noon, request: Post with { Key = $"old-{i}" }));
        var kept = await RaceAsync(20, i => BeginAsync(Noon.AddHours(1), request: Post with { Key = $"kept-{i}" }));
        await RaceAsync(20, i => BeginAsync(Noon + Kept, request: Post with { Key = $"new-{i}" }));
        await RaceAsync(100, async i =>
        {
            Assert.Equal(BeginOutcome.Started, (await BeginAsync(Noon + Kept, request: Post with { Key = $"old-{i}" })).Outcome);
            return true;
        });
        for (var i = 0; i < kept.Length; i++)
            Assert.Equal(kept[i].RequestId, (await BeginAsync(Noon + Kept, request: Post with { Key = $"kept-{i}" })).RequestId);
    }
}
