namespace Shortener.Tests.Servers;

/// <summary>
/// Waits for what comes by itself in another process, or behind a public surface, that tells nobody: the condition is looked at again
/// and again until it holds. Nothing else in the tests waits for a time to pass.
/// </summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        // The one wait for time: between two looks at what has no event to await.
        while (!await condition()) await Task.Delay(Interval, limit.Token);
    }
}
