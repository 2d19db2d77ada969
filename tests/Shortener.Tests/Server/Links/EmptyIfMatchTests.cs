using System.Net;

namespace Shortener.Tests.Server.Links;

public sealed class EmptyIfMatchTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task A_condition_that_is_empty_is_met_by_no_link()
    {
        var made = await shared.Running.CreateAsync(new { url = "https://example.com/" });
        var answer = await RawHttp.VisitAsync(
            shared.Running.Address, $"/api/v1/links/{made.GetProperty("alias").GetString()}", "DELETE", $"X-Api-Key: {shared.Running.Key}", "If-Match:");
        Assert.Equal((int)HttpStatusCode.PreconditionFailed, answer.Status);
    }
}
