namespace Cassandra;

/// <summary>How many replicas must answer, with the protocol's codes.</summary>
public enum ConsistencyLevel
{
    /// <summary>A write that anything took, even a hint.</summary>
    Any = 0,

    /// <summary>One replica.</summary>
    One = 1,

    /// <summary>Two replicas.</summary>
    Two = 2,

    /// <summary>Three replicas.</summary>
    Three = 3,

    /// <summary>More than half of all replicas.</summary>
    Quorum = 4,

    /// <summary>Every replica.</summary>
    All = 5,

    /// <summary>More than half of the local data centre's replicas.</summary>
    LocalQuorum = 6,

    /// <summary>More than half of each data centre's replicas.</summary>
    EachQuorum = 7,

    /// <summary>Linearizable, over all data centres.</summary>
    Serial = 8,

    /// <summary>Linearizable within the local data centre.</summary>
    LocalSerial = 9,

    /// <summary>One replica of the local data centre.</summary>
    LocalOne = 10,
}
