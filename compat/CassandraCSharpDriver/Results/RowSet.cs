using System.Collections;
using System.Collections.Concurrent;

namespace Cassandra;

/// <summary>
/// The rows of a result. Each row is handed out once, whatever number of enumerations there are. Enumerating reads what was
/// fetched and never waits for the network: <see cref="FetchMoreResultsAsync"/> gets the next page.
/// </summary>
public class RowSet : IEnumerable<Row>, IDisposable
{
    private readonly ConcurrentQueue<Row> _rows = new();
    private readonly Func<byte[], Task<RowSet>>? _fetch;
    private readonly bool _autoPage;

    /// <summary>A set without rows.</summary>
    public RowSet()
        : this(new ExecutionInfo(), [], [])
    {
    }

    internal RowSet(
        ExecutionInfo info, CqlColumn[] columns, IEnumerable<Row> rows, byte[]? pagingState = null,
        Func<byte[], Task<RowSet>>? fetch = null, bool autoPage = false)
    {
        (Info, Columns, PagingState, _fetch, _autoPage) = (info, columns, pagingState, fetch, autoPage);
        foreach (var row in rows) _rows.Enqueue(row);
    }

    /// <summary>How the request went; that of the first page.</summary>
    public ExecutionInfo Info { get; set; }

    /// <summary>The columns.</summary>
    public CqlColumn[] Columns { get; set; }

    /// <summary>Where the next page begins; null after the last one.</summary>
    public byte[]? PagingState { get; private set; }

    /// <summary>Whether there are no further pages to fetch.</summary>
    public bool IsFullyFetched => PagingState is null;

    /// <summary>Whether no row is left, fetched or not.</summary>
    public bool IsExhausted() => _rows.IsEmpty && IsFullyFetched;

    /// <summary>How many rows are left of those fetched.</summary>
    public int GetAvailableWithoutFetching() => _rows.Count;

    /// <summary>Gets the next page, if there is one. For one caller at a time.</summary>
    public async Task FetchMoreResultsAsync()
    {
        if (PagingState is null || _fetch is null) return;
        var next = await _fetch(PagingState);
        while (next._rows.TryDequeue(out var row)) _rows.Enqueue(row);
        PagingState = next.PagingState;
    }

    /// <summary>The rows that are left of those fetched.</summary>
    /// <exception cref="NotSupportedException">
    /// They are used up, further pages are there and <see cref="IStatement.AutoPage"/> is on: the official driver blocks the
    /// thread here to fetch the next one.
    /// </exception>
    public IEnumerable<Row> GetRows()
    {
        while (_rows.TryDequeue(out var row)) yield return row;
        if (_autoPage && !IsFullyFetched)
            throw new NotSupportedException("There are further pages, and fetching one here would block: SetAutoPage(false) and FetchMoreResultsAsync");
    }

    /// <inheritdoc cref="GetRows"/>
    public IEnumerator<Row> GetEnumerator() => GetRows().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Does nothing; there is nothing to release.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}
