using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shortener.Core.Keys;
using Shortener.Server.Problems;

namespace Shortener.Server.KeyGen;

/// <summary>The calls of other processes: <c>/internal/keys</c>. They show the token, not a developer key.</summary>
public sealed class KeyGenEndpoints(KeyReserve reserve, KeyGenOptions options)
{
    /// <summary>Where batches are had.</summary>
    public const string KeysPath = "/internal/keys";

    /// <summary>Where what is left of them is handed back.</summary>
    public const string ReturnedPath = "/internal/keys/returned";

    private const string Bearer = "Bearer ";

    private readonly byte[] _token = Hash(options.Token);

    /// <summary>Gives a batch, which is the caller's from then on, whether or not the answer arrives.</summary>
    public async Task<Answer> TakeAsync(HttpContext context)
    {
        if (!ShowsToken(context.Request)) return Refused(context);
        var batch = await reserve.TakeAsync(context.RequestAborted);
        return Answer.Json(StatusCodes.Status200OK, BatchBody.Of(batch), KeyGenJson.Default.BatchBody);
    }

    /// <summary>Takes back what is left of a block; of several calls for a block the first counts, and all are answered alike.</summary>
    public async Task<Answer> TakeBackAsync(HttpContext context)
    {
        if (!ShowsToken(context.Request)) return Refused(context);
        if (!context.Request.HasJsonContentType()) return Answer.Problem(ProblemType.UnsupportedMediaType);
        ReturnedBody? body;
        try
        {
            body = await context.Request.ReadFromJsonAsync(KeyGenJson.Default.ReturnedBody, context.RequestAborted);
        }
        catch (JsonException failure)
        {
            return Answer.Problem(ProblemType.InvalidJson, failure.Message);
        }

        if (body?.Block.ToBlock() is not { } block) return Invalid("block", "Give the block as it was received.");
        if (body.ToRanges() is not { } unused) return Invalid("unused", "Give ranges within the block, in rising order.");
        await reserve.ReturnAsync(block, unused, context.RequestAborted);
        return new Answer(StatusCodes.Status204NoContent);
    }

    private static Answer Invalid(string field, string error) =>
        Answer.Problem(ProblemType.ValidationFailed, errors: new Dictionary<string, string[]> { [field] = [error] });

    private static Answer Refused(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Answer.Problem(ProblemType.Unauthorized, "This is for processes of the service: they show the setting Shortener:KeyGen:Token as a bearer token.");
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>In the same time whatever is shown: hashes are of one length.</summary>
    private bool ShowsToken(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(authorization[Bearer.Length..].Trim()), _token);
    }
}
