using StackExchange.Redis;

namespace Shortener.Storage.Redis;

/// <summary>Runs scripts.</summary>
internal static class RedisScript
{
    /// <summary>Runs a script, also on a server that has lost it.</summary>
    public static async Task<RedisResult> RunAsync(IDatabase database, string script, RedisKey key, params RedisValue[] values)
    {
        RedisKey[] keys = [key];
        try
        {
            return await database.ScriptEvaluateAsync(script, keys, values);
        }
        catch (RedisServerException failure) when (RedisErrors.IsUnknownScript(failure))
        {
            // The library runs scripts by their hash, and by this failure it has learned to load them anew.
            return await database.ScriptEvaluateAsync(script, keys, values);
        }
    }
}
