using Microsoft.AspNetCore.Connections;
using Shortener.Core;
using Shortener.Server.Settings;

namespace Shortener.Server.Hosting;

/// <summary>Says in a sentence why the process cannot start and what to do.</summary>
public static class StartFailure
{
    /// <summary>Assemblies that throw where one of ASP.NET's own settings cannot be read, and at a start for nothing else.</summary>
    private static readonly string[] SettingReaders =
    [
        "Microsoft.Extensions.Logging", "Microsoft.Extensions.Logging.Configuration", "Microsoft.Extensions.Logging.Console",
        "Microsoft.AspNetCore.Server.Kestrel.Core", "Microsoft.AspNetCore.Http",
    ];

    /// <summary>The sentence; null for a failure that is no operator's business but a defect.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        SettingsException or StoreException => failure.Message,
        DirectoryNotFoundException => $"A folder is missing ({failure.Message}): name another one with --contentRoot.",
        InvalidOperationException or FormatException when SettingReaders.Contains(failure.Source) =>
            $"One of ASP.NET's settings, Logging or Kestrel, is wrong: {failure.Message}",
        IOException { InnerException: AddressInUseException } =>
            $"{failure.Message.TrimEnd('.')}: stop the other program, or choose another port with --port N (--urls http://...).",
        IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException =>
            $"The service cannot listen there ({failure.Message}): choose another address with --urls http://...",
        _ => null,
    };
}
