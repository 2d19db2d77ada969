using Cassandra.Protocol;

namespace Cassandra.Connections;

/// <summary>A request on a connection, from its queue to its answer or the end of the wait for it.</summary>
internal sealed class PendingRequest(EncodedRequest request)
{
    // Those who wait go on elsewhere than on the connection's read loop.
    private readonly TaskCompletionSource<ResponseFrame> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = (int)State.Queued;

    private enum State
    {
        Queued,
        FailedUnwritten,
        GivenUpUnwritten,
        Written,
        FailedWritten,
        GivenUpWritten,
        Answered,
    }

    public EncodedRequest Request => request;

    /// <summary>The stream on which the answer will come.</summary>
    public short Stream { get; set; }

    public Task<ResponseFrame> Answer => _answer.Task;

    /// <summary>Whether the server may have it: true from when the connection began to write it.</summary>
    public bool WasWritten => (State)Volatile.Read(ref _state) >= State.Written;

    /// <summary>Called by the connection's writer; false where nobody waits any more, so that it is not to be written.</summary>
    public bool TryBeginWriting() => Try(State.Queued, State.Written);

    /// <summary>Ends the wait without an answer; false where it has ended already.</summary>
    public bool TryGiveUp() => Try(State.Queued, State.GivenUpUnwritten) || Try(State.Written, State.GivenUpWritten);

    /// <summary>Hands the answer over; false where nobody waits for it any more.</summary>
    public bool TryAnswer(ResponseFrame frame) => Try(State.Written, State.Answered) && _answer.TrySetResult(frame);

    public void Fail(Exception exception)
    {
        if (Try(State.Queued, State.FailedUnwritten) || Try(State.Written, State.FailedWritten)) _answer.TrySetException(exception);
    }

    private bool Try(State from, State to) => Interlocked.CompareExchange(ref _state, (int)to, (int)from) == (int)from;
}
