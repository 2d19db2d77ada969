using Shortener.Core.Idempotency;

namespace Shortener.Tests.Storage.Contract;

/// <summary>What every <see cref="IIdempotencyStore"/> does.</summary>
public abstract partial class IdempotencyStoreContract(IStoreData<IIdempotencyStore> data) : StoreContract<IIdempotencyStore>(data)
{
    private static readonly byte[] Print = [1, 2, 3];
    private static readonly byte[] Answer = [0, 255, 7];

    /// <summary>How long a try keeps others away here, and how long a request is remembered.</summary>
    private static readonly TimeSpan Lock = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    protected static IdempotentRequest Post { get; } = new("developer-key", "order-1");

    protected Task<BeginResult> BeginAsync(
        DateTimeOffset at, Guid? id = null, byte[]? print = null, IdempotentRequest? request = null) =>
        Store.BeginAsync(request ?? Post, print ?? Print, id ?? Guid.CreateVersion7(), at, at + Lock, at + Kept, Token);

    /// <returns>The id of the request and of its first try.</returns>
    protected async Task<Guid> StartAsync(DateTimeOffset at)
    {
        var id = Guid.CreateVersion7();
        Assert.Equal(new BeginResult(BeginOutcome.Started, id), await BeginAsync(at, id));
        return id;
    }

    [Fact]
    public async Task A_new_request_is_started_under_the_id_it_brings() => await StartAsync(Noon);

    [Fact]
    public async Task A_request_in_flight_keeps_its_repetitions_away_also_after_reopening()
    {
        await StartAsync(Noon);
        Assert.Equal(new BeginResult(BeginOutcome.InFlight), await BeginAsync(Noon));
        await ReopenAsync();
        Assert.Equal(new BeginResult(BeginOutcome.InFlight), await BeginAsync(Noon + Lock - TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task A_completed_request_gives_its_answer_to_every_repetition_also_after_reopening()
    {
        var id = await StartAsync(Noon);
        await Store.CompleteAsync(Post, id, Answer, Token);
        for (var i = 0; i < 3; i++)
        {
            var result = await BeginAsync(Noon + (i * Lock));
            Assert.Equal(BeginOutcome.Completed, result.Outcome);
            Assert.Equal(Answer, result.Answer);
            await ReopenAsync();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task An_answer_of_any_length_comes_back_whole(int length)
    {
        var answer = new byte[length];
        new Random(length).NextBytes(answer);
        var id = await StartAsync(Noon);
        await Store.CompleteAsync(Post, id, answer, Token);
        Assert.Equal(answer, (await BeginAsync(Noon)).Answer);
    }

    [Fact]
    public async Task A_completed_request_is_neither_abandoned_nor_begun_again()
    {
        var id = await StartAsync(Noon);
        await Store.CompleteAsync(Post, id, Answer, Token);
        await Store.AbandonAsync(Post, id, Token);
        Assert.Equal(BeginOutcome.Completed, (await BeginAsync(Noon + Lock + Lock)).Outcome);
    }

    [Fact]
    public async Task Another_request_under_a_used_key_is_different_whether_in_flight_abandoned_or_completed()
    {
        byte[] other = [1, 2, 4];
        var different = new BeginResult(BeginOutcome.Different);
        var id = await StartAsync(Noon);
        Assert.Equal(different, await BeginAsync(Noon, print: other));
        Assert.Equal(different, await BeginAsync(Noon, print: [.. Print, 0]));
        Assert.Equal(different, await BeginAsync(Noon, print: []));
        Assert.Equal(different, await BeginAsync(Noon + Lock, print: other));
        await Store.AbandonAsync(Post, id, Token);
        Assert.Equal(different, await BeginAsync(Noon, print: other));
        await Store.CompleteAsync(Post, id, Answer, Token);
        Assert.Equal(different, await BeginAsync(Noon, print: other));
        Assert.Equal(BeginOutcome.Completed, (await BeginAsync(Noon)).Outcome);
    }

    [Fact]
    public async Task Requests_of_other_scopes_or_keys_are_others()
    {
        await StartAsync(Noon);
        IdempotentRequest[] others =
        [
            Post with { Scope = "other" }, Post with { Key = "order-2" }, Post with { Key = "ORDER-1" }, new(Post.Key, Post.Scope),
        ];
        foreach (var request in others)
        {
            var begun = await BeginAsync(Noon, request: request);
            Assert.Equal(BeginOutcome.Started, begun.Outcome);
            await Store.CompleteAsync(request, begun.RequestId, Answer, Token);
        }

        Assert.Equal(BeginOutcome.InFlight, (await BeginAsync(Noon)).Outcome);
    }

    [Fact]
    public async Task Of_many_that_begin_at_once_exactly_one_is_started()
    {
        var outcomes = (await RaceAsync(64, _ => BeginAsync(Noon))).Select(result => result.Outcome).ToList();
        Assert.Single(outcomes, BeginOutcome.Started);
        Assert.Equal(63, outcomes.Count(outcome => outcome == BeginOutcome.InFlight));
    }
}
