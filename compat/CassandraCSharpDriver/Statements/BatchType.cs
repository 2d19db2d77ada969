namespace Cassandra;

/// <summary>What a batch promises, with the protocol's codes.</summary>
public enum BatchType
{
    /// <summary>All of it is done in the end, or nothing.</summary>
    Logged = 0,

    /// <summary>No promise over several partitions.</summary>
    Unlogged = 1,

    /// <summary>Of counter updates.</summary>
    Counter = 2,
}
