namespace Shortener.Core;

/// <summary>Why a store could not answer.</summary>
public enum StoreFailure
{
    /// <summary>Out of reach, locked by another, or too busy: nothing was written; trying again later may help.</summary>
    Unavailable,

    /// <summary>No room is left: nothing was written; somebody must make room.</summary>
    Full,

    /// <summary>The stored data is damaged: somebody must restore it.</summary>
    Corrupt,

    /// <summary>The write may or may not have taken place.</summary>
    UnknownOutcome,
}

/// <summary>A store could not answer. Never stands for "not found".</summary>
public sealed class StoreException(StoreFailure failure, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What kind of failure it was, and so what helps.</summary>
    public StoreFailure Failure { get; } = failure;
}
