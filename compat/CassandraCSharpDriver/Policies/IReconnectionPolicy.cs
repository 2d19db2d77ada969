namespace Cassandra;

/// <summary>How long to wait between attempts to connect. The driver varies each wait by up to 15 %.</summary>
public interface IReconnectionPolicy
{
    /// <summary>A schedule for a series of attempts.</summary>
    IReconnectionSchedule NewSchedule();
}
