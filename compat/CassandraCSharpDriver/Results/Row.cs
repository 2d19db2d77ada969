using System.Collections;

namespace Cassandra;

/// <summary>A row of a result. Values are read when asked for.</summary>
public class Row : IEnumerable<object?>
{
    private readonly RowSetMetadata _metadata;
    private readonly byte[] _page;
    private readonly (int Start, int Length)[] _values;
    private readonly int _first;

    /// <summary>A row whose values lie in the page's bytes, from the place <paramref name="first"/> of all the page's values on.</summary>
    internal Row(RowSetMetadata metadata, byte[] page, (int Start, int Length)[] values, int first) =>
        (_metadata, _page, _values, _first) = (metadata, page, values, first);

    /// <summary>How many columns it has.</summary>
    public int Length => _metadata.Columns.Length;

    /// <summary>The value at a place, or null.</summary>
    public object? this[int index] => IsNull(index) ? null : GetValue<object>(index);

    /// <summary>The value of a column, or null.</summary>
    public object? this[string name] => this[IndexOf(name)];

    /// <summary>Whether the value is null.</summary>
    public bool IsNull(int index) => ValueAt(index).Length < 0;

    /// <summary>Whether the value is null.</summary>
    public bool IsNull(string name) => IsNull(IndexOf(name));

    /// <summary>The column of that name, or null.</summary>
    public CqlColumn? GetColumn(string name) =>
        _metadata.ColumnIndexes.TryGetValue(name, out var index) ? _metadata.Columns[index] : null;

    /// <summary>The value at a place; null only for types that can be null.</summary>
    /// <exception cref="InvalidTypeException">The value is null or cannot be had as <typeparamref name="T"/>.</exception>
    public T GetValue<T>(int index)
    {
        var (start, length) = ValueAt(index);
        var column = _metadata.Columns[index];
        if (length >= 0) return column.Codec.ReadAs<T>(_page.AsSpan(start, length));
        return default(T) is null
            ? default!
            : throw new InvalidTypeException($"Column {column.Name} is null, which {typeof(T)} cannot be");
    }

    /// <summary>The value of a column; null only for types that can be null.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidTypeException">The value is null or cannot be had as <typeparamref name="T"/>.</exception>
    public T GetValue<T>(string name) => GetValue<T>(IndexOf(name));

    /// <summary>The values in order.</summary>
    public IEnumerator<object?> GetEnumerator() => Enumerable.Range(0, Length).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private (int Start, int Length) ValueAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
        return _values[_first + index];
    }

    private int IndexOf(string name) => _metadata.ColumnIndexes.TryGetValue(name, out var index)
        ? index
        : throw new ArgumentException($"There is no column {name}; there are {string.Join(", ", _metadata.ColumnIndexes.Keys)}");
}
