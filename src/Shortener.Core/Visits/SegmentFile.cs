using System.IO.MemoryMappedFiles;

namespace Shortener.Core.Visits;

/// <summary>
/// The file of an open segment, in memory for writing. Its blocks are allocated and its pages there before the first record
/// comes: a page without a block would kill the process (SIGBUS) when the disk is full, and the first touch of a page takes
/// longer than a record does.
/// </summary>
internal sealed unsafe class SegmentFile
{
    /// <summary>A name that nobody takes for a segment, for one that is not finished.</summary>
    public const string UnfinishedExtension = ".new";

    private static readonly byte[] Zeros = new byte[1 << 16];

    private readonly FileStream _stream;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;

    private SegmentFile(SegmentId id, string path, FileStream stream)
    {
        (Id, Path, _stream, Length) = (id, path, stream, stream.Length);
        _mapping = MemoryMappedFile.CreateFromFile(
            stream, mapName: null, capacity: 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapping.CreateViewAccessor(0, Length);
        byte* bytes = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref bytes);
        Bytes = bytes + _view.PointerOffset;
    }

    /// <summary>Which segment it is.</summary>
    public SegmentId Id { get; }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>The first byte; not after <see cref="Close"/>.</summary>
    public byte* Bytes { get; }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Makes the file; it has its name only once all is done.</summary>
    /// <exception cref="IOException">There is no room, or the disk fails; nothing is left of the file.</exception>
    public static SegmentFile Create(string directory, SegmentId id, int length)
    {
        var path = System.IO.Path.Combine(directory, id.FileName);
        var unfinished = path + UnfinishedExtension;
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(unfinished, options);
        try
        {
            // Zeros, written: a longer file alone has no blocks yet.
            for (var at = 0; at < length; at += Zeros.Length) stream.Write(Zeros.AsSpan(0, Math.Min(Zeros.Length, length - at)));
            var file = new SegmentFile(id, path, stream);
            for (var at = 0; at < length; at += Environment.SystemPageSize) Volatile.Write(ref file.Bytes[at], 0);
            id.WriteHeader(new Span<byte>(file.Bytes, SegmentId.HeaderBytes));
            File.Move(unfinished, path);
            return file;
        }
        catch
        {
            stream.Dispose();
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>
    /// Takes the file out of memory and cuts it off behind the records; nobody may write any more. Returns its bytes.
    /// </summary>
    public long Close(long end)
    {
        // The handle first: with it still open, the view would be written to the disk, and would wait for that.
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.SafeMemoryMappedViewHandle.Dispose();
        _view.Dispose();
        _mapping.Dispose();
        using (_stream)
        {
            try
            {
                _stream.SetLength(end);
            }
            catch (IOException)
            {
                // Then zeros stay behind the records: they take room, and a reader knows them.
            }

            return _stream.Length;
        }
    }
}
