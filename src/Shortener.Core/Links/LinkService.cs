using Shortener.Core.Keys;

namespace Shortener.Core.Links;

/// <summary>How a request about one link ended.</summary>
public enum LinkOutcome
{
    /// <summary>Done; the link is the state after it.</summary>
    Done,

    /// <summary>The draft breaks rules; the errors say which.</summary>
    Invalid,

    /// <summary>The custom alias is, or was, somebody's.</summary>
    AliasTaken,

    /// <summary>The owner has no such link.</summary>
    NotFound,

    /// <summary>The link is not at the version that the caller expects; the link is the state it is in.</summary>
    VersionMismatch,
}

/// <summary>The outcome of a request and what belongs to it.</summary>
public sealed record LinkResult(LinkOutcome Outcome, Link? Link = null, IReadOnlyCollection<FieldError>? Errors = null);

/// <summary>Who asks, and what they may.</summary>
/// <param name="Owner">Whose links are meant: another owner's are as good as absent.</param>
/// <param name="MayNeverExpire">Whether "never" and more than the longest lifetime may be asked for.</param>
public readonly record struct Caller(string Owner, bool MayNeverExpire);

/// <summary>One request to make a link, which may be made again under the same names after a crash.</summary>
/// <param name="RequestId">Written into the link: the same request finds the link that it made.</param>
/// <param name="EarlierAlias">The key that an earlier try of this request chose; null: this is the first.</param>
/// <param name="ChooseAsync">Records the chosen key before the link is written; null: nobody repeats this request.</param>
public sealed record CreateAttempt(
    Guid RequestId, string? EarlierAlias = null, Func<string, CancellationToken, Task>? ChooseAsync = null);

/// <summary>
/// Makes, reads, changes and deletes links. What is answered as done is durable, and no cache of this process says
/// otherwise any more. Store failures come through as <see cref="StoreException"/>.
/// </summary>
public sealed class LinkService(ILinkStore store, KeyPool keys, LinkRules rules, LinkResolver resolver, TimeProvider time)
{
    /// <summary>
    /// Custom aliases may look like keys, so a key can be taken; that often in a row only if somebody knows the secret.
    /// </summary>
    private const int MaxKeysTried = 20;

    /// <summary>
    /// Changes without If-Match are made anew on the state that a writer in another process left, this often; those in this
    /// process take turns.
    /// </summary>
    private const int MaxUpdatesTried = 10;

    private readonly AliasTurns _turns = new();

    /// <summary>Makes a link under its custom alias or a key.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="draft">The link.</param>
    /// <param name="attempt">
    /// Names the request where it may be repeated: the same attempt, made again after a crash, finds the link that it made.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting; the link may then be made or not.</param>
    public async Task<LinkResult> CreateAsync(
        Caller caller, LinkDraft draft, CreateAttempt attempt, CancellationToken cancellationToken)
    {
        var now = Now();
        var errors = draft.Unreadable.ToList();
        var customAlias = draft.Alias.Value;
        if (customAlias is not null) LinkRules.CheckAlias(customAlias, errors);
        if (draft.IsSaidToBeExpired)
            errors.Add(new("state", "A new link cannot be expired: give 'active' or 'disabled'; expiresAt or ttl say when it ends."));
        if (!draft.Url.IsPresent) draft = draft with { Url = "" };
        var link = rules.Apply(
            draft, rules.Blank(customAlias ?? "", caller.Owner, customAlias is not null, now), caller.MayNeverExpire, now, errors);
        if (errors.Count > 0) return Invalid(errors);
        link = link with { RequestId = attempt.RequestId };

        if (customAlias is not null)
            return await InsertAsync(link, cancellationToken) is { } made ? new(LinkOutcome.Done, made) : new(LinkOutcome.AliasTaken);

        if (attempt.EarlierAlias is { } earlier && await InsertAsync(link with { Alias = earlier }, cancellationToken) is { } found)
            return new(LinkOutcome.Done, found);
        for (var tries = 0; tries < MaxKeysTried; tries++)
        {
            if (await InsertUnderKeyAsync(link, attempt, cancellationToken) is { } inserted) return new(LinkOutcome.Done, inserted);
        }

        throw new KeySpaceException($"{MaxKeysTried} keys in a row were taken by custom aliases: change Shortener:Keys:Secret.");
    }

    /// <summary>The caller's link of that alias; null: there is none.</summary>
    public async Task<Link?> FindAsync(Caller caller, string alias, CancellationToken cancellationToken) =>
        Alias.IsWellFormed(alias) && await store.FindAsync(alias, cancellationToken) is { } link && link.Owner == caller.Owner
            ? link
            : null;

    /// <summary>A page of the caller's links, newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not handed out by this service.</exception>
    public Task<LinkPage> ListAsync(
        Caller caller, int limit, string? cursor, string? tag, LinkState? state, CancellationToken cancellationToken) =>
        store.ListAsync(new LinkQuery(caller.Owner, limit, cursor, tag, state, Now()), cancellationToken);

    /// <summary>Puts the draft in the link's place: absent fields go back to their defaults.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="alias">Which link.</param>
    /// <param name="draft">What it becomes.</param>
    /// <param name="mayChange">Whether the state met may be changed (If-Match); null: whichever it is.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<LinkResult> ReplaceAsync(
        Caller caller, string alias, LinkDraft draft, Predicate<Link>? mayChange, CancellationToken cancellationToken) =>
        ChangeAsync(caller, alias, draft, mayChange, replace: true, cancellationToken);

    /// <summary>Puts the draft's present fields over the link.</summary>
    /// <inheritdoc cref="ReplaceAsync"/>
    public Task<LinkResult> PatchAsync(
        Caller caller, string alias, LinkDraft draft, Predicate<Link>? mayChange, CancellationToken cancellationToken) =>
        ChangeAsync(caller, alias, draft, mayChange, replace: false, cancellationToken);

    /// <summary>Deletes the link: it is followed no more, and its alias stays its owner's.</summary>
    public async Task<LinkResult> DeleteAsync(
        Caller caller, string alias, Predicate<Link>? mayChange, CancellationToken cancellationToken)
    {
        var requestId = Guid.CreateVersion7();
        using var turn = await _turns.TakeAsync(alias, cancellationToken);
        for (var tries = 0; tries < MaxUpdatesTried; tries++)
        {
            if (await FindAsync(caller, alias, cancellationToken) is not { } link) return new(LinkOutcome.NotFound);
            if (mayChange?.Invoke(link) is false) return new(LinkOutcome.VersionMismatch, link);
            if (!await ForgettingAsync(alias, store.DeleteAsync(alias, link.Version, requestId, Now(), cancellationToken))) continue;
            return new(LinkOutcome.Done, link);
        }

        throw TooManyWriters(alias);
    }

    private async Task<LinkResult> ChangeAsync(
        Caller caller, string alias, LinkDraft draft, Predicate<Link>? mayChange, bool replace, CancellationToken cancellationToken)
    {
        var requestId = Guid.CreateVersion7();
        if (replace && !draft.Url.IsPresent) draft = draft with { Url = "" };
        using var turn = await _turns.TakeAsync(alias, cancellationToken);
        for (var tries = 0; tries < MaxUpdatesTried; tries++)
        {
            if (await FindAsync(caller, alias, cancellationToken) is not { } link) return new(LinkOutcome.NotFound);
            if (mayChange?.Invoke(link) is false) return new(LinkOutcome.VersionMismatch, link);
            var (now, errors) = (Now(), draft.Unreadable.ToList());
            if (draft.Alias is { IsPresent: true } && draft.Alias.Value != alias)
                errors.Add(new("alias", "The alias of a link cannot be changed: make a new link."));
            var changed = rules.Apply(
                draft, replace ? BlankFor(link, draft, now) : link, caller.MayNeverExpire, now, errors);
            if (errors.Count > 0) return Invalid(errors);
            changed = changed with { Version = link.Version + 1, RequestId = requestId };
            if (await ForgettingAsync(alias, store.UpdateAsync(changed, link.Version, cancellationToken)))
                return new(LinkOutcome.Done, changed);
        }

        throw TooManyWriters(alias);
    }

    private static StoreException TooManyWriters(string alias) => new(
        StoreFailure.Unavailable, $"Other writers changed '{alias}' {MaxUpdatesTried} times before this change could be written.");

    private static LinkResult Invalid(IEnumerable<FieldError> errors) =>
        new(LinkOutcome.Invalid, Errors: FieldError.FirstOfEachField(errors));

    /// <summary>
    /// The defaults of a replaced link. An expiry that is sent back unchanged must meet itself, and "expired", sent back as the
    /// state, hides whether the link is switched off.
    /// </summary>
    private Link BlankFor(Link link, LinkDraft draft, DateTimeOffset now)
    {
        var blank = rules.Blank(link.Alias, link.Owner, link.IsCustom, now);
        return blank with
        {
            CreatedAt = link.CreatedAt,
            Generation = link.Generation,
            ExpiresAt = draft.ExpiresAt.IsPresent ? link.ExpiresAt : blank.ExpiresAt,
            IsDisabled = draft.IsSaidToBeExpired && link.IsDisabled,
        };
    }

    private Task<Link?> InsertAsync(Link link, CancellationToken cancellationToken) =>
        ForgettingAsync(link.Alias, store.InsertAsync(link, cancellationToken));

    /// <summary>Null where a custom alias has the shape of the key that was next.</summary>
    private async Task<Link?> InsertUnderKeyAsync(Link link, CreateAttempt attempt, CancellationToken cancellationToken)
    {
        var key = await keys.TakeAsync(cancellationToken);
        try
        {
            if (attempt.ChooseAsync is { } choose) await choose(key.Alias, cancellationToken);
            return await InsertAsync(link with { Alias = key.Alias }, cancellationToken);
        }
        catch (StoreException failure) when (failure.Failure != StoreFailure.UnknownOutcome && attempt.ChooseAsync is null)
        {
            keys.PutBack(key);
            throw;
        }
    }

    /// <summary>Forgets also after a failure: the write may have taken place.</summary>
    private async Task<T> ForgettingAsync<T>(string alias, Task<T> write)
    {
        try
        {
            return await write;
        }
        finally
        {
            resolver.Forget(alias);
        }
    }

    private DateTimeOffset Now() =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
