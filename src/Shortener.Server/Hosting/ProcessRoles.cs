namespace Shortener.Server.Hosting;

/// <summary>The parts of the service that a process can run.</summary>
[Flags]
public enum ProcessRoles
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Visits: <c>/{alias}</c> and the pages beside it.</summary>
    Redirect = 1,

    /// <summary>The API, its documentation, and the pool of keys that new links take.</summary>
    Management = 2,

    /// <summary>Keys for other processes: <c>/internal/keys</c>.</summary>
    KeyGen = 4,

    /// <summary>Has nothing to do yet.</summary>
    Cleanup = 8,

    /// <summary>Keeps the counts of visits in order.</summary>
    Telemetry = 16,

    /// <summary>Every part.</summary>
    All = Redirect | Management | KeyGen | Cleanup | Telemetry,
}
