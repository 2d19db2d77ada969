using System.Runtime.CompilerServices;
using Shortener.Server.Hosting;

namespace Shortener.Tests.Server;

/// <summary>
/// As the server's first line does: the runtime reads the switch at the first socket of the process, which here may be any
/// test's.
/// </summary>
internal static class InlineSockets
{
    [ModuleInitializer]
    internal static void Choose() => Connections.CompleteSocketsInline();
}
