using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Shortener.Core;
using Shortener.Core.Keys;
using Shortener.Server.Problems;

namespace Shortener.Tests.Server.Problems;

public sealed class FailureAnswersTests
{
    public static TheoryData<Exception, string, int, int?> Failures => new()
    {
        { new StoreException(StoreFailure.Full, "x"), "storage-full", 507, null },
        { new StoreException(StoreFailure.UnknownOutcome, "x"), "unknown-outcome", 503, 2 },
        { new StoreException(StoreFailure.Unavailable, "x"), "store-unavailable", 503, 2 },
        { new StoreException(StoreFailure.Corrupt, "x"), "store-unavailable", 503, 2 },
        { new TimeoutException("x"), "store-unavailable", 503, 2 },
        { new KeySpaceException("x"), "no-key-left", 507, null },
        { new ChannelClosedException("x"), "stopping", 503, 2 },
        { new BadHttpRequestException("x", 413), "body-too-large", 413, null },
        { new BadHttpRequestException("x", 408), "request-timeout", 408, null },
        { new BadHttpRequestException("x", 400), "bad-request", 400, null },
        { new InvalidOperationException("x"), "internal-error", 500, null },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failure_has_the_problem_that_says_what_helps(Exception failure, string code, int status, int? retryAfter)
    {
        var answer = new FailureAnswers(NullLogger<FailureAnswers>.Instance).For(failure, new DefaultHttpContext());
        using var body = JsonDocument.Parse(answer.Body);
        Assert.Equal($"urn:shortener:problem:{code}", body.RootElement.GetProperty("type").GetString());
        Assert.Equal((status, retryAfter), (answer.Status, answer.RetryAfter));
    }
}
