using System.Diagnostics.CodeAnalysis;

namespace Cassandra.Connections;

/// <summary>
/// The streams of a connection. A request keeps its stream until its answer comes, even if nobody waits for that any more:
/// otherwise a late answer would be taken for the answer to the stream's next request.
/// </summary>
internal sealed class StreamTable(int size)
{
    private readonly Lock _lock = new();
    private readonly Stack<short> _free = new();
    private readonly PendingRequest?[] _pending = new PendingRequest?[size];
    private int _used;
    private bool _closed;

    /// <summary>How many streams are taken.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the table takes no requests any more.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Gives the request a stream; false where all are taken or the table is closed.</summary>
    public bool TryAdd(PendingRequest request)
    {
        lock (_lock)
        {
            if (_closed || Count == size) return false;
            if (!_free.TryPop(out var stream)) stream = (short)_used++;
            request.Stream = stream;
            _pending[stream] = request;
            Count++;
            return true;
        }
    }

    /// <summary>Takes the request of a stream out, whose stream is free again.</summary>
    public bool TryRemove(short stream, [NotNullWhen(true)] out PendingRequest? request)
    {
        lock (_lock)
        {
            request = stream >= 0 && stream < size ? _pending[stream] : null;
            if (request is null) return false;
            _pending[stream] = null;
            _free.Push(stream);
            Count--;
            return true;
        }
    }

    /// <summary>Closes the table and says which requests were still in it.</summary>
    public List<PendingRequest> Close()
    {
        lock (_lock)
        {
            Volatile.Write(ref _closed, true);
            var left = _pending.Where(request => request is not null).ToList();
            Array.Clear(_pending);
            Count = 0;
            return left!;
        }
    }
}
