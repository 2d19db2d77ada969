namespace Cassandra;

/// <summary>Hosts one after the other, beginning with another one at each turn.</summary>
internal static class Turn
{
    public static IEnumerable<Host> From(Host[] hosts, int turn)
    {
        for (var i = 0; i < hosts.Length; i++) yield return hosts[(int)(((uint)turn + i) % hosts.Length)];
    }
}
