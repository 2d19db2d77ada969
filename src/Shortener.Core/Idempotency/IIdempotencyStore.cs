namespace Shortener.Core.Idempotency;

/// <summary>What was met when a request with an idempotency key began.</summary>
public enum BeginOutcome
{
    /// <summary>The caller runs the request and completes or abandons it.</summary>
    Started,

    /// <summary>The same request is being run right now.</summary>
    InFlight,

    /// <summary>The same request was answered; the answer is in the result.</summary>
    Completed,

    /// <summary>The key was used for another request.</summary>
    Different,
}

/// <summary>A request that may be repeated, by the developer key that makes it and its Idempotency-Key.</summary>
/// <param name="Scope">The id of the developer key.</param>
/// <param name="Key">The Idempotency-Key.</param>
public readonly record struct IdempotentRequest(string Scope, string Key);

/// <summary>The outcome of a beginning and what earlier tries left.</summary>
/// <param name="Outcome">What was met.</param>
/// <param name="RequestId">The same for every try of one request.</param>
/// <param name="Alias">The key that an earlier try chose for its link; null: none.</param>
/// <param name="Answer">What <see cref="IIdempotencyStore.CompleteAsync"/> was given.</param>
public sealed record BeginResult(BeginOutcome Outcome, Guid RequestId = default, string? Alias = null, byte[]? Answer = null);

/// <summary>
/// Remembers requests and their answers, durably. A request whose try ended without an answer (a crash) can be begun again
/// once its lock has run out, and goes on under the same request id: the earlier try has then been taken over, and whatever it
/// still calls changes nothing. Failures and threads as in <see cref="Links.ILinkStore"/>.
/// </summary>
public interface IIdempotencyStore
{
    /// <summary>Begins a request, atomically: of many that begin at once, one is started.</summary>
    /// <param name="request">Which request.</param>
    /// <param name="fingerprint">Stands for everything in it that must be the same when it is repeated.</param>
    /// <param name="tryId">Names this try; also the request's id, if this is its first.</param>
    /// <param name="now">The time.</param>
    /// <param name="lockedUntil">Until when a try without an answer keeps others away.</param>
    /// <param name="keptUntil">When the request is forgotten; what its first try said holds for the later ones.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<BeginResult> BeginAsync(
        IdempotentRequest request, byte[] fingerprint, Guid tryId, DateTimeOffset now, DateTimeOffset lockedUntil,
        DateTimeOffset keptUntil, CancellationToken cancellationToken);

    /// <summary>
    /// Records the key that the request is about to give to its link. False: the try was taken over, or the request is forgotten;
    /// the caller must not go on, because another try may give another key.
    /// </summary>
    Task<bool> ChooseAliasAsync(IdempotentRequest request, Guid tryId, string alias, CancellationToken cancellationToken);

    /// <summary>Records the answer; from now on it is given to every repetition.</summary>
    Task CompleteAsync(IdempotentRequest request, Guid tryId, byte[] answer, CancellationToken cancellationToken);

    /// <summary>Ends a try that has no answer worth keeping, so that the request can be begun again at once.</summary>
    Task AbandonAsync(IdempotentRequest request, Guid tryId, CancellationToken cancellationToken);
}
