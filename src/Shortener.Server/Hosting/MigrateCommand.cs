using Shortener.Core;
using Shortener.Server.Settings;
using Shortener.Storage.Cassandra;

namespace Shortener.Server.Hosting;

/// <summary>
/// <c>shortener migrate</c> with the settings of the service: brings Cassandra's keyspace to the schema of this version. To be run
/// before processes of that version start; twice or by two at once is as good as once.
/// </summary>
public static class MigrateCommand
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Name = "migrate";

    /// <exception cref="SettingsException">The settings are wrong.</exception>
    /// <exception cref="StoreException">The keyspace cannot be migrated; the message says what to do.</exception>
    public static async Task RunAsync(string[] args, TimeProvider time, TextWriter output)
    {
        var commandLine = CommandLine.Read(args);
        var configuration = WebApplication.CreateSlimBuilder(commandLine.Understood).Configuration;
        var options = SettingsReader.Read(configuration, [.. commandLine.Errors]);
        if (!options.Storage.IsCassandra)
        {
            throw new SettingsException(
                ["The embedded database is migrated when it is opened: write Shortener:Storage:Kind=cassandra to migrate that."]);
        }

        var number = await Migrations.ApplyAsync(options.Cassandra.ToSettings(), time, output.WriteLine, CancellationToken.None);
        await output.WriteLineAsync($"Keyspace '{options.Cassandra.Keyspace}' has schema {number}.");
    }
}
