using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shortener.Core;
using Shortener.Core.Idempotency;
using Shortener.Core.Links;
using Shortener.Server.Access;
using Shortener.Server.Problems;

namespace Shortener.Server.Management;

/// <summary>
/// Runs a POST once per Idempotency-Key and developer key: a repetition gets the first one's answer, also after a restart
/// (draft-ietf-httpapi-idempotency-key-header-07).
/// </summary>
/// <remarks>
/// Answers are kept encrypted under a key derived from the caller's developer key, which the service itself does not keep:
/// the answer that carries a new developer key's secret is of no use to whoever reads the store.
/// </remarks>
public sealed class IdempotentPost(IIdempotencyStore store, FailureAnswers failures, TimeProvider time)
{
    /// <summary>The most characters of an Idempotency-Key; a UUID has 36.</summary>
    public const int MaxKeyLength = 255;

    /// <summary>How long an answer is given again.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>How long a try keeps others away: longer than any request takes, so that only a crash lets it run out.</summary>
    private static readonly TimeSpan Locked = TimeSpan.FromMinutes(2);

    /// <summary>Answers a POST by <paramref name="run"/>, or as it was answered before.</summary>
    public async Task<Answer> RunAsync(HttpContext context, Func<RequestBody, CreateAttempt, Task<Answer>> run)
    {
        var body = await RequestBody.ReadAsync(context);
        if (body.Problem is { } problem) return problem;
        if (!context.Request.Headers.TryGetValue("Idempotency-Key", out var header))
            return await run(body, new CreateAttempt(Guid.CreateVersion7()));
        var key = header.ToString();
        if (key.Length is 0 or > MaxKeyLength || header.Count > 1)
            return LinkEndpoints.Invalid([new("Idempotency-Key", $"Give one key of 1 to {MaxKeyLength} characters.")]);

        var caller = context.Caller();
        var request = new IdempotentRequest(caller.Key.Id, key);
        var (now, tryId) = (time.GetUtcNow(), Guid.CreateVersion7());
        // Not the request's token: a client that leaves now must not leave its request locked.
        var begun = await store.BeginAsync(
            request, Fingerprint(context.Request, body.Bytes.Span), tryId, now, now + Locked, now + Kept,
            CancellationToken.None);
        return begun.Outcome switch
        {
            BeginOutcome.Different => Answer.Problem(ProblemType.IdempotencyKeyReused),
            BeginOutcome.InFlight => Answer.Problem(ProblemType.RequestInFlight) with { RetryAfter = 1 },
            BeginOutcome.Completed => Open(begun.Answer!, request, caller.Text),
            _ => await RunOnceAsync(context, new Try(request, tryId), begun, caller.Text, attempt => run(body, attempt)),
        };
    }

    private async Task<Answer> RunOnceAsync(
        HttpContext context, Try attempt, BeginResult begun, string callerText, Func<CreateAttempt, Task<Answer>> run)
    {
        Answer answer;
        try
        {
            answer = await run(new CreateAttempt(
                begun.RequestId, begun.Alias, (alias, cancellation) => ChooseAsync(attempt, alias, cancellation)));
        }
        catch (Exception failure)
        {
            // What failed has no answer worth keeping: the next try goes on under the same request id.
            await KeepAsync(store.AbandonAsync(attempt.Request, attempt.Id, CancellationToken.None));
            if (failure is not (StoreException or TimeoutException)) throw;
            return failures.For(failure, context);
        }

        // What was done stays done: if this fails, a repetition finds the link by the request id and answers alike.
        await KeepAsync(store.CompleteAsync(
            attempt.Request, attempt.Id, Seal(answer, attempt.Request, callerText), CancellationToken.None));
        return answer;
    }

    private async Task ChooseAsync(Try attempt, string alias, CancellationToken cancellationToken)
    {
        if (!await store.ChooseAliasAsync(attempt.Request, attempt.Id, alias, cancellationToken))
            throw new StoreException(StoreFailure.Unavailable, "This try of the request took too long, and another one has taken over.");
    }

    private async Task KeepAsync(Task bookkeeping)
    {
        try
        {
            await bookkeeping;
        }
        catch (StoreException failure)
        {
            failures.Report(failure);
        }
    }

    private static byte[] Fingerprint(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static byte[] Seal(Answer answer, IdempotentRequest request, string callerText)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(answer, AnswerJson.Default.Answer);
        var sealedAnswer = new byte[AesGcm.NonceByteSizes.MaxSize + plain.Length + AesGcm.TagByteSizes.MaxSize];
        var (nonce, cipher, tag) = Parts(sealedAnswer);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = Cipher(request, callerText);
        aes.Encrypt(nonce.Span, plain, cipher.Span, tag.Span);
        return sealedAnswer;
    }

    private static Answer Open(byte[] sealedAnswer, IdempotentRequest request, string callerText)
    {
        var (nonce, cipher, tag) = Parts(sealedAnswer);
        var plain = new byte[cipher.Length];
        using var aes = Cipher(request, callerText);
        aes.Decrypt(nonce.Span, cipher.Span, tag.Span, plain);
        return JsonSerializer.Deserialize(plain, AnswerJson.Default.Answer)!;
    }

    private static (Memory<byte> Nonce, Memory<byte> Cipher, Memory<byte> Tag) Parts(byte[] bytes)
    {
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        return (bytes.AsMemory(0, nonce), bytes.AsMemory(nonce..^tag), bytes.AsMemory(^tag..));
    }

    private static AesGcm Cipher(IdempotentRequest request, string callerText) => new(
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(callerText), outputLength: 32,
            salt: Encoding.UTF8.GetBytes(request.Key), info: "shortener idempotent answer"u8.ToArray()),
        AesGcm.TagByteSizes.MaxSize);

    /// <summary>A request, and which try of it this is.</summary>
    private readonly record struct Try(IdempotentRequest Request, Guid Id);
}

/// <summary>How answers are kept.</summary>
[JsonSerializable(typeof(Answer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
