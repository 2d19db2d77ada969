using System.Net;
using System.Text;

namespace Shortener.Tests.Server.Access;

public sealed class KeySecretTests
{
    [Fact]
    public async Task No_secret_is_in_the_files_of_the_database()
    {
        await using var server = await RunningServer.StartAsync();
        var key = new { name = "needle-in-the-files", scopes = new[] { "read" } };
        var plain = await server.Client.CallAsync("POST", Api.Keys, key);
        var first = await server.Client.CallAsync("POST", Api.Keys, key, "Idempotency-Key: a");
        var again = await server.Client.CallAsync("POST", Api.Keys, key, "Idempotency-Key: a");
        Assert.Equal(first.Expect(HttpStatusCode.Created).Bytes, again.Bytes);
        string[] secrets = [server.Key, plain.StringOf("key")!, first.StringOf("key")!];

        AssertAbsent(server.DataDirectory, secrets);
        await server.RestartAsync();
        AssertAbsent(server.DataDirectory, secrets);
    }

    private static void AssertAbsent(string directory, string[] secrets)
    {
        var files = Directory.GetFiles(directory, "shortener.db*").Select(Read).ToList();
        // What is stored is found, so what is not found is not stored.
        Assert.Contains(files, bytes => Has(bytes, "needle-in-the-files"));
        Assert.Contains(files, bytes => Has(bytes, secrets[2].Split('_')[1]));
        foreach (var bytes in files)
        {
            foreach (var secret in secrets)
            {
                Assert.False(Has(bytes, secret.Split('_')[2]));
                Assert.False(Has(bytes, secret.Split('_')[2][..20]));
            }
        }
    }

    private static bool Has(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
