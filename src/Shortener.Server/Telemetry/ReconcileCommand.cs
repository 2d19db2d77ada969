using Shortener.Core;
using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Core.Visits.Accounts;
using Shortener.Server.Hosting;
using Shortener.Server.Settings;
using Shortener.Storage.Sqlite;
using static System.FormattableString;

namespace Shortener.Server.Telemetry;

/// <summary>
/// <c>shortener reconcile</c> with the settings of the service: reads all visits of the store and says whether its accounts
/// agree. The embedded one while no service has it open, Cassandra at any time.
/// </summary>
public static class ReconcileCommand
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Name = "reconcile";

    /// <summary>The exit code where the accounts disagree.</summary>
    public const int Disagree = 1;

    /// <summary>The exit code where the settings are wrong or the store could not be read to its end.</summary>
    public const int NotChecked = 2;

    /// <summary>The most disagreements that are told, each on a line; the others are counted.</summary>
    public const int MaxTold = 100;

    /// <returns>The exit code: 0, or <see cref="Disagree"/>.</returns>
    /// <exception cref="SettingsException">The settings are wrong.</exception>
    /// <exception cref="StoreException">The store cannot be read; the message says what to do.</exception>
    public static async Task<int> RunAsync(string[] args, TimeProvider time, TextWriter output)
    {
        var commandLine = CommandLine.Read(args);
        var builder = WebApplication.CreateSlimBuilder(commandLine.Understood);
        var options = SettingsReader.Read(builder.Configuration, [.. commandLine.Errors]);
        // To open it would make an empty one, whose accounts agree.
        if (!options.Storage.IsCassandra && !File.Exists(SqliteDatabase.FileIn(options.Storage.Directory)))
        {
            throw new SettingsException(
                [$"There is no database in {options.Storage.Directory}: write its folder in Shortener:Storage:Directory."]);
        }

        await builder.AddStorageAsync(options, time);
        await using var host = builder.Build();
        var reconciliation = new VisitReconciliation(
            host.Services.GetRequiredService<IVisitStore>(), host.Services.GetRequiredService<ILinkStore>(),
            options.Visits.KeptAfterLink, time);
        var disagreements = 0L;
        await foreach (var disagreement in reconciliation.RunAsync(CancellationToken.None))
        {
            if (++disagreements <= MaxTold) await output.WriteLineAsync(disagreement);
        }

        var verdict = disagreements switch
        {
            0 => "the accounts agree",
            <= MaxTold => $"{disagreements} disagreements",
            _ => Invariant($"{disagreements:N0} disagreements, of which the first {MaxTold} are above"),
        };
        var visits = reconciliation.Visits;
        var unknown = reconciliation.UnknownAliases is { People: 0, Bots: 0 } ? ""
            : Invariant($", and {reconciliation.UnknownAliases.People + reconciliation.UnknownAliases.Bots:N0} to aliases that nobody has");
        await output.WriteLineAsync(Invariant(
            $"{reconciliation.Links:N0} links, {visits.People:N0} visits by people and {visits.Bots:N0} by bots{unknown}: {verdict}."));
        // Beside running services there are always some.
        if (!options.Storage.IsCassandra) await TellOfFilesAsync(options, output);
        return disagreements == 0 ? 0 : Disagree;
    }

    /// <summary>What a killed process, or one whose store was full, has left is in no account yet.</summary>
    private static async Task TellOfFilesAsync(ShortenerOptions options, TextWriter output)
    {
        var folder = options.Visits.FolderIn(options.Storage.Directory);
        if (!Directory.Exists(folder)) return;
        var waiting = Directory.GetFiles(folder, $"*{SpoolSettings.SegmentExtension}").Length;
        var setAside = Directory.GetFiles(folder, $"*{SpoolSettings.SetAsideExtension}").Length;
        if (waiting > 0)
            await output.WriteLineAsync(Invariant($"{waiting:N0} files of visits that are not in the store wait in {folder} for the next start."));
        if (setAside > 0)
            await output.WriteLineAsync(Invariant($"{setAside:N0} files of visits that cannot be read were set aside in {folder}."));
    }
}
