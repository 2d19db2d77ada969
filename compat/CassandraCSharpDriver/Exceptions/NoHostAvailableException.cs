using System.Net;

namespace Cassandra;

/// <summary>No host of the plan could take the request; each one's reason is in <see cref="Errors"/>.</summary>
public class NoHostAvailableException : DriverException
{
    /// <summary>With the hosts tried and why each failed.</summary>
    public NoHostAvailableException(Dictionary<IPEndPoint, Exception> errors)
        : base(Describe(errors)) => Errors = errors;

    /// <summary>The hosts tried and why each failed.</summary>
    public Dictionary<IPEndPoint, Exception> Errors { get; }

    private static string Describe(Dictionary<IPEndPoint, Exception> errors) => errors.Count == 0
        ? "No host is known to be up"
        : "No host could be asked: " + string.Join("; ", errors.Select(error => $"{error.Key}: {error.Value.Message}"));
}
