namespace Shortener.Tests.Core.Links;

/// <summary>Tests that each begin with an empty <see cref="LinkFixture"/>.</summary>
public abstract class LinkTests : IAsyncLifetime
{
    private protected LinkFixture _links = null!;

    public virtual async ValueTask InitializeAsync() => _links = await LinkFixture.StartAsync();

    public ValueTask DisposeAsync()
    {
        _links.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
