using System.Net;

namespace Cassandra;

/// <summary>A node as a client sees it.</summary>
public class Host : IEquatable<Host>
{
    private volatile bool _isUp = true;

    internal Host(IPEndPoint address) => Address = address;

    /// <summary>Whether it answered last time; a host that nothing is known of counts as up.</summary>
    public bool IsUp => _isUp;

    /// <summary>Where it takes clients.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Its id in the ring.</summary>
    public Guid HostId { get; private set; }

    /// <summary>Its data centre.</summary>
    public string? Datacenter { get; private set; }

    /// <summary>Its rack.</summary>
    public string? Rack { get; private set; }

    /// <summary>The version of its software; null where it is no number.</summary>
    public Version? CassandraVersion { get; private set; }

    /// <summary>Where its ranges of the ring end.</summary>
    internal IReadOnlyList<long> Tokens { get; private set; } = [];

    /// <inheritdoc/>
    public bool Equals(Host? other) => other is not null && Address.Equals(other.Address);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Host);

    /// <inheritdoc/>
    public override int GetHashCode() => Address.GetHashCode();

    /// <summary>The address and whether it is up.</summary>
    public override string ToString() => $"{Address} ({(IsUp ? "up" : "down")})";

    internal void SetUp() => _isUp = true;

    internal void SetDown() => _isUp = false;

    internal void Describe(Guid hostId, string? datacenter, string? rack, string? release, IReadOnlyList<long> tokens)
    {
        (HostId, Datacenter, Rack, Tokens) = (hostId, datacenter, rack, tokens);
        CassandraVersion = Version.TryParse(release?.Split('-')[0], out var version) ? version : null;
    }
}
