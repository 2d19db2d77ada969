namespace Cassandra;

/// <summary>One SASL exchange with one server.</summary>
public interface IAuthenticator
{
    /// <summary>What the client says first.</summary>
    byte[]? InitialResponse();

    /// <summary>What the client answers a challenge with.</summary>
    byte[]? EvaluateChallenge(byte[]? challenge);
}
