namespace Shortener.Storage.Redis;

/// <summary>What a call came to: the answer, or none because Redis is down, slow or refused.</summary>
/// <param name="IsAnswered">False: there is no answer, and the call may or may not have taken effect.</param>
/// <param name="Value">The answer.</param>
public readonly record struct RedisAnswer<T>(bool IsAnswered, T? Value);
