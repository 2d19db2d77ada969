namespace Shortener.Tests.Servers;

/// <summary>What a <see cref="TcpProxy"/> does to the bytes that it gets.</summary>
internal enum ProxyMode
{
    /// <summary>Passes them on.</summary>
    Pass,

    /// <summary>Accepts connections and swallows what comes on both ways; the server hears nothing.</summary>
    Blackhole,

    /// <summary>Passes requests on and swallows answers: the server has done what was asked, and nobody knows.</summary>
    DropAnswers,
}
