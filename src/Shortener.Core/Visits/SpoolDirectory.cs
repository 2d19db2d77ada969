namespace Shortener.Core.Visits;

/// <summary>
/// The folder of spools as one process sees it: its own spool, and those of dead processes that it took over. A spool belongs to
/// who has an exclusive lock on its lock file; the system ends the lock with the process. For any number of threads.
/// </summary>
internal sealed class SpoolDirectory(string path, Guid own) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, FileStream> _locks = [];
    private readonly HashSet<ClosedSegment> _waiting = [];
    private readonly List<string> _setAside = [];
    private long _bytes;

    /// <summary>Bytes of all segments of this process.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How many closed segments there are.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>The files that were set aside, where they are now.</summary>
    public IReadOnlyList<string> SetAsidePaths
    {
        get
        {
            lock (_gate) return [.. _setAside];
        }
    }

    /// <summary>Takes over the spools whose processes have ended, each process others than all that do the same.</summary>
    /// <returns>Their segments, by spool and number.</returns>
    /// <exception cref="IOException">The folder cannot be made or read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not this user's.</exception>
    public IReadOnlyList<ClosedSegment> Adopt()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        lock (_gate)
        {
            var adopted = new List<ClosedSegment>();
            foreach (var spool in Files().Select(file => file.Id.Spool).Distinct().Order().ToList())
            {
                if (!TryLock(spool)) continue;
                // Listed again: until now another process may have been at work here.
                foreach (var (id, file) in Files().Where(file => file.Id.Spool == spool).OrderBy(file => file.Id.Number))
                {
                    if (file.EndsWith(SegmentFile.UnfinishedExtension, StringComparison.Ordinal)) File.Delete(file);
                    else if (ProblemOf(id, file) is { } problem) SetAside(file, problem);
                    else adopted.Add(new ClosedSegment(spool, id.Number, file, new FileInfo(file).Length, Records: null));
                }

                if (!adopted.Exists(segment => segment.Spool == spool)) Release(spool);
            }

            _waiting.UnionWith(adopted);
            Interlocked.Add(ref _bytes, adopted.Sum(segment => segment.Bytes));
            return adopted;
        }
    }

    /// <summary>Makes the file of a segment of the own spool.</summary>
    /// <exception cref="IOException">There is no room, or the disk fails; nothing is left of the file.</exception>
    public SegmentFile Create(long number, int length)
    {
        lock (_gate)
        {
            if (!_locks.ContainsKey(own)) _locks.Add(own, Lock(own));
        }

        var file = SegmentFile.Create(path, new SegmentId(own, number), length);
        Interlocked.Add(ref _bytes, length);
        return file;
    }

    /// <summary>Counts a segment of the own spool as closed.</summary>
    /// <param name="segment">The segment; null: it was empty and is gone.</param>
    /// <param name="lengthBefore">Bytes of its file while it was open.</param>
    public void Add(ClosedSegment? segment, int lengthBefore)
    {
        Interlocked.Add(ref _bytes, (segment?.Bytes ?? 0) - lengthBefore);
        lock (_gate)
        {
            if (segment is not null) _waiting.Add(segment);
        }
    }

    /// <summary>Deletes a closed segment; again changes nothing.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public void Delete(ClosedSegment segment) => Remove(segment, File.Delete);

    /// <summary>Gives a closed segment another name, under which it is no segment.</summary>
    public void SetAside(ClosedSegment segment, string reason) => Remove(segment, file => SetAside(file, reason));

    /// <summary>Gives all spools up: what is left of them is for the next process.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var spool in _locks.Keys.ToList()) Release(spool);
        }
    }

    private static string? ProblemOf(SegmentId id, string file)
    {
        try
        {
            using var handle = File.OpenHandle(file);
            Span<byte> header = stackalloc byte[SegmentId.HeaderBytes];
            return id.ProblemOf(header[..RandomAccess.Read(handle, header, 0)]);
        }
        catch (IOException)
        {
            return "unreadable";
        }
    }

    private void Remove(ClosedSegment segment, Action<string> remove)
    {
        lock (_gate)
        {
            if (!_waiting.Contains(segment)) return;
            remove(segment.Path);
            _waiting.Remove(segment);
            Interlocked.Add(ref _bytes, -segment.Bytes);
            if (segment.Spool != own && !_waiting.Any(other => other.Spool == segment.Spool)) Release(segment.Spool);
        }
    }

    /// <summary>Where even that fails the file stays as it is, in the list all the same: the next start tries again.</summary>
    private void SetAside(string file, string reason)
    {
        var aside = $"{file}.{reason}{SpoolSettings.SetAsideExtension}";
        try
        {
            File.Move(file, aside);
        }
        catch (IOException)
        {
            aside = file;
        }

        _setAside.Add(aside);
    }

    private string LockPath(Guid spool) => Path.Combine(path, $"{spool:N}.lock");

    private FileStream Lock(Guid spool) => new(LockPath(spool), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private bool TryLock(Guid spool)
    {
        try
        {
            return !_locks.ContainsKey(spool) && _locks.TryAdd(spool, Lock(spool));
        }
        catch (IOException)
        {
            // Its process lives, or another one was first.
            return false;
        }
    }

    private void Release(Guid spool)
    {
        // Deleted while it is locked: who opened it before finds no segments, and ids of spools never come again.
        if (!Files().Any(file => file.Id.Spool == spool)) File.Delete(LockPath(spool));
        if (_locks.Remove(spool, out var held)) held.Dispose();
    }

    /// <summary>All files of segments, also unfinished ones.</summary>
    private IEnumerable<(SegmentId Id, string File)> Files()
    {
        foreach (var file in Directory.EnumerateFiles(path))
        {
            var name = file.EndsWith(SegmentFile.UnfinishedExtension, StringComparison.Ordinal)
                ? file[..^SegmentFile.UnfinishedExtension.Length] : file;
            if (SegmentId.OfFile(name) is { } id) yield return (id, file);
        }
    }
}
