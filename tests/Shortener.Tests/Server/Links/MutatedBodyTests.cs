using System.Text;

namespace Shortener.Tests.Server.Links;

/// <summary>Bodies that were right before a few bytes of them changed: refused or taken, never an error of the service.</summary>
public sealed class MutatedBodyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Link =
        """{"url":"https://example.com/a?b=c#d","expiresAt":"2090-01-01T00:00:00Z","title":"T\u00fctel \ud83d\ude00","tags":["a","b"],"redirectStatus":301,"state":"active","alias":null}""";

    private const string Key = """{"name":"k","scopes":["read","create"],"expiresAt":"2090-01-01T00:00:00Z","owner":"o"}""";

    private static readonly string[] Pieces =
    [
        "\\u0000", "\\ud800", "\\udfff", "null", "{}", "[]", "\"\"", "-1", "1e999", "9223372036854775808", "true", "\u00ff", "\u0000", "{", "}", "[",
        "]", ",", ":", "\"", "\\", "url", "ttl", "\"ttl\":5,", "\"url\":\"x\",", "\u00ef\u00bb\u00bf", "//", "http:", "@", "%", "[::1]", " ",
    ];

    [Theory]
    [InlineData("POST", "/api/v1/links", Link, 400)]
    [InlineData("PATCH", "/api/v1/links/mutated", Link, 150)]
    [InlineData("PUT", "/api/v1/links/mutated", Link, 150)]
    [InlineData("POST", "/api/v1/keys", Key, 200)]
    public async Task No_body_makes_the_service_fail(string method, string path, string body, int count)
    {
        await shared.Client.MakeAsync(new { url = "https://example.com/", alias = "mutated" });
        // The alias of a link that is there cannot be changed, so it is sent back.
        if (method is "PUT" or "PATCH") body = body.Replace("\"alias\":null", "\"alias\":\"mutated\"", StringComparison.Ordinal);
        var random = new Random(20_261_121);
        var bodies = Enumerable.Range(0, count).Select(_ => Mutate(body, random)).ToList();
        var statuses = new HashSet<int>();
        foreach (var mutated in bodies)
        {
            var answer = await shared.Client.CallAsync(method, path, Encoding.Latin1.GetBytes(mutated));
            if (answer.Status >= 500) Assert.Fail($"{answer.Status} to {method} {path} of\n{mutated}\n{answer.Text}");
            if (answer.Status >= 400) Assert.NotEmpty(answer.ProblemCode);
            statuses.Add(answer.Status);
        }

        // The mutations are neither all harmless nor all fatal.
        Assert.Contains(400, statuses);
        Assert.Contains(statuses, status => status < 300);
    }

    private static string Mutate(string body, Random random)
    {
        var text = new StringBuilder(body);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0: text[at] = (char)random.Next(256); break;
                case 1: text.Remove(at, random.Next(1, Math.Min(8, text.Length - at) + 1)); break;
                case 2: text.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
                case 3: text.Insert(at, text.ToString(at, random.Next(1, Math.Min(30, text.Length - at) + 1))); break;
                default: text.Replace("\"a\"", Pieces[random.Next(Pieces.Length)]); break;
            }

            if (text.Length == 0) text.Append('{');
        }

        return text.ToString();
    }
}
