using Microsoft.AspNetCore.Connections;
using Shortener.Core;
using Shortener.Server.Settings;

namespace Shortener.Server.Hosting;

/// <summary>Says in a sentence why the process cannot start and what to do.</summary>
public static class StartFailure
{
    /// <summary>The sentence; null for a failure that is no operator's business but a defect.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        SettingsException or StoreException => failure.Message,
        IOException { InnerException: AddressInUseException } =>
            $"{failure.Message.TrimEnd('.')}: stop the other program, or choose another port with --port N (--urls http://...).",
        IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException =>
            $"The service cannot listen there ({failure.Message}): choose another address with --urls http://...",
        _ => null,
    };
}
