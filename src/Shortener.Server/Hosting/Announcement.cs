using Shortener.Core.Access;
using Shortener.Server.Settings;

namespace Shortener.Server.Hosting;

/// <summary>
/// What a person reads who has just started the service: where it is, a developer key if there is none yet, and a line that
/// makes a link. Printed after the start, so that a key is never made by a process that then cannot listen.
/// </summary>
public static class Announcement
{
    private const string FirstOwner = "default";

    /// <summary>Prints the announcement; a process that runs the API makes the first developer key where there is none.</summary>
    public static async Task AnnounceAsync(this WebApplication app, TextWriter output)
    {
        var address = app.Urls.First().Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal);
        var options = app.Services.GetRequiredService<ShortenerOptions>();
        if (!options.Runs(ProcessRoles.Management))
        {
            await output.WriteLineAsync($"Shortener listens on {address} with the roles {string.Join(", ", options.Roles)}");
            await output.FlushAsync();
            return;
        }

        var access = app.Services.GetRequiredService<AccessService>();
        await output.WriteLineAsync($"Shortener listens on {address} (API: {address}/docs)");
        if (options.Access.NewAdminKey || !await access.HasAdminAsync(CancellationToken.None))
        {
            const Scopes every = Scopes.Read | Scopes.Create | Scopes.Manage | Scopes.Admin;
            var (_, text) = await access.CreateAsync(FirstOwner, "made at start-up", every, expiresAt: null, CancellationToken.None);
            await output.WriteLineAsync(
                $"""

                Your developer key, shown this once:

                  {text}

                Make a link:

                  curl -s {address}/api/v1/links -H 'X-Api-Key: {text}' -H 'Content-Type: application/json' -d '{Example}'

                """);
        }
        else
        {
            await output.WriteLineAsync("Developer keys and links are kept from before; './run --new-key' makes another key.");
        }

        await output.FlushAsync();
    }

    private const string Example = """{"url":"https://example.com/a/long/path?with=parameters"}""";
}
