namespace Shortener.Tests.Server;

/// <summary>One service for all tests of a class that do not get in each other's way.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private RunningServer _server = null!;

    internal RunningServer Running => _server;

    internal HttpClient Client => _server.Client;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
