namespace Cassandra;

/// <summary>Stands for a value that a statement leaves as it is, where null would delete it.</summary>
public sealed class Unset
{
    /// <summary>The one such value.</summary>
    public static readonly Unset Value = new();

    private Unset()
    {
    }
}
