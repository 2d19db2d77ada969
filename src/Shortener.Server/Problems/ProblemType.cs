namespace Shortener.Server.Problems;

/// <summary>
/// A kind of error that the API answers with, as RFC 9457 problem details. The code is stable: it is the end of the problem's
/// <c>type</c>, and clients decide by it.
/// </summary>
/// <param name="Code">Stable name.</param>
/// <param name="Status">The HTTP status that goes with it.</param>
/// <param name="Title">The same for every problem of the type.</param>
/// <param name="Meaning">When it is met and what helps; for the documentation.</param>
public sealed record ProblemType(string Code, int Status, string Title, string Meaning)
{
    /// <summary>The <c>type</c> member.</summary>
    public string Uri => $"urn:shortener:problem:{Code}";

    /// <summary>The request's JSON cannot be read.</summary>
    public static readonly ProblemType InvalidJson = new(
        "invalid-json", 400, "The body is not valid JSON.", "The body is missing, is no JSON object, or names a member twice.");

    /// <summary>Fields or parameters are wrong.</summary>
    public static readonly ProblemType ValidationFailed = new(
        "validation-failed", 400, "Some fields are not valid.", "`errors` says what is wrong, by field or parameter name.");

    /// <summary>The HTTP request itself is malformed.</summary>
    public static readonly ProblemType BadRequest = new(
        "bad-request", 400, "The request is not valid HTTP.", "A header, the path or the body's framing is malformed.");

    /// <summary>No usable developer key.</summary>
    public static readonly ProblemType Unauthorized = new(
        "unauthorized", 401, "A valid developer key is needed.",
        "Send one as `X-Api-Key` or `Authorization: Bearer`; it may be mistyped, expired or revoked.");

    /// <summary>The key lacks a scope.</summary>
    public static readonly ProblemType Forbidden = new(
        "forbidden", 403, "The developer key may not do this.", "`detail` names the scope that is missing.");

    /// <summary>Nothing is there.</summary>
    public static readonly ProblemType NotFound = new(
        "not-found", 404, "There is no such thing.", "Nobody has it, or it belongs to another owner.");

    /// <summary>The method is not allowed here.</summary>
    public static readonly ProblemType MethodNotAllowed = new(
        "method-not-allowed", 405, "The method is not allowed here.", "`Allow` lists those that are.");

    /// <summary>The request did not arrive in time.</summary>
    public static readonly ProblemType RequestTimeout = new(
        "request-timeout", 408, "The request came too slowly.", "Send it again; a body must come at 240 bytes a second or more.");

    /// <summary>The alias is somebody's.</summary>
    public static readonly ProblemType AliasTaken = new(
        "alias-taken", 409, "The alias is taken.", "Choose another one. Aliases of deleted links stay taken for everybody but their owner.");

    /// <summary>The same request is running.</summary>
    public static readonly ProblemType RequestInFlight = new(
        "request-in-flight", 409, "The same request is being worked on.", "Ask again in a moment with the same Idempotency-Key.");

    /// <summary>The last admin key cannot be revoked.</summary>
    public static readonly ProblemType LastAdminKey = new(
        "last-admin-key", 409, "This is the last key that can make keys.", "Make another key with the scope admin first.");

    /// <summary>Visits are only counted.</summary>
    public static readonly ProblemType VisitsNotKept = new(
        "visits-not-kept", 409, "Visits are not kept one by one.",
        "They are counted all the same. The operator can set Shortener:Visits:KeepRaw to the number to keep of each link.");

    /// <summary>Visits are not counted at all.</summary>
    public static readonly ProblemType VisitsNotCounted = new(
        "visits-not-counted", 409, "Visits are not counted.", "The operator has set Shortener:Visits:Enabled to false.");

    /// <summary>The link is gone.</summary>
    public static readonly ProblemType LinkExpired = new(
        "link-expired", 410, "This link has expired.", "Its owner can set another `expiresAt`.");

    /// <summary>The link is at another version.</summary>
    public static readonly ProblemType VersionMismatch = new(
        "version-mismatch", 412, "The link has changed.", "Read it again and repeat the change with its new ETag.");

    /// <summary>The body is too large.</summary>
    public static readonly ProblemType BodyTooLarge = new(
        "body-too-large", 413, "The body is too large.", "See the setting Shortener:Connections:MaxBodyBytes.");

    /// <summary>The body is of a type that is not understood.</summary>
    public static readonly ProblemType UnsupportedMediaType = new(
        "unsupported-media-type", 415, "The body's type is not understood.",
        "Send `application/json`, or for PATCH `application/merge-patch+json`.");

    /// <summary>An Idempotency-Key was used for another request.</summary>
    public static readonly ProblemType IdempotencyKeyReused = new(
        "idempotency-key-reused", 422, "The Idempotency-Key belongs to another request.", "Use a new key for each new request.");

    /// <summary>A rate limit is used up.</summary>
    public static readonly ProblemType RateLimited = new(
        "rate-limited", 429, "Too many requests.", "`Retry-After` says when to ask again, `RateLimit-Policy` which limit it is.");

    /// <summary>As many feeds as a process has.</summary>
    public static readonly ProblemType TooManyFeeds = new(
        "too-many-feeds", 429, "Too many follow visits already.", "`Retry-After` says when to ask again; another process may have room.");

    /// <summary>Something is broken in the service.</summary>
    public static readonly ProblemType InternalError = new(
        "internal-error", 500, "Something went wrong here.", "The log has the details under the `traceId` given.");

    /// <summary>The store cannot answer now.</summary>
    public static readonly ProblemType StoreUnavailable = new(
        "store-unavailable", 503, "The store cannot answer now.",
        "Nothing was changed. `Retry-After` says when to ask again.");

    /// <summary>The process is about to end.</summary>
    public static readonly ProblemType Stopping = new(
        "stopping", 503, "The service is stopping.", "Nothing was changed. `Retry-After` says when to ask again.");

    /// <summary>A write may or may not have taken place.</summary>
    public static readonly ProblemType UnknownOutcome = new(
        "unknown-outcome", 503, "It is not known whether the change took place.",
        "Read the link, or repeat the request with the same Idempotency-Key.");

    /// <summary>There is no room left.</summary>
    public static readonly ProblemType StorageFull = new(
        "storage-full", 507, "There is no room left for more.", "Nothing was changed; the operator must make room.");

    /// <summary>No alias can be generated any more.</summary>
    public static readonly ProblemType NoKeyLeft = new(
        "no-key-left", 507, "No alias can be generated.",
        "Nothing was changed, and custom aliases still work; the log says which setting the operator must change.");

    /// <summary>Every type, by status.</summary>
    public static readonly IReadOnlyList<ProblemType> All =
    [
        InvalidJson, ValidationFailed, BadRequest, Unauthorized, Forbidden, NotFound, MethodNotAllowed, RequestTimeout, AliasTaken, RequestInFlight,
        LastAdminKey, VisitsNotKept, VisitsNotCounted, LinkExpired, VersionMismatch, BodyTooLarge, UnsupportedMediaType, IdempotencyKeyReused, RateLimited, TooManyFeeds,
        InternalError, StoreUnavailable, Stopping, UnknownOutcome, StorageFull, NoKeyLeft,
    ];
}
