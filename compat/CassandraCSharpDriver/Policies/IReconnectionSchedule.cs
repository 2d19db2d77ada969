namespace Cassandra;

/// <summary>The waits of a series of attempts.</summary>
public interface IReconnectionSchedule
{
    /// <summary>Milliseconds until the next attempt.</summary>
    long NextDelayMs();
}
