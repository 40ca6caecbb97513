namespace Proximal.Runs;

/// <summary>
/// A file that only grows. A checkpoint remembers its length; a resumed run cuts it back to there, so that what a killed process wrote after
/// its last checkpoint is written again, the same, instead of twice.
/// </summary>
internal sealed class AppendLog : IDisposable
{
    private readonly FileStream stream;

    /// <summary>Opens or creates the file and cuts it to <paramref name="length"/>.</summary>
    /// <exception cref="InvalidDataException">The file is shorter than the checkpoint says.</exception>
    /// <exception cref="IOException">The file cannot be written to.</exception>
    public AppendLog(string path, long length)
    {
        stream = Open(path);
        if (stream.Length < length)
        {
            long found = stream.Length;
            stream.Dispose();
            throw new InvalidDataException($"{path}: holds {found} bytes, but the checkpoint was written after {length}; the file was changed by someone else.");
        }

        stream.SetLength(length);
        stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Bytes in the file.</summary>
    public long Length => stream.Position;

    /// <summary>Appends one record and hands it to the operating system.</summary>
    public void Append(ReadOnlySpan<byte> record) => stream.Write(record);

    /// <summary>Waits until everything is on the disk.</summary>
    public void Commit() => stream.Flush(flushToDisk: true);

    public void Dispose() => stream.Dispose();

    private static FileStream Open(string path)
    {
        try
        {
            // Without a buffer: after a failed write nothing is left that closing the file would write, and fail again.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"{path}: cannot write, it is a folder or access is denied.", exception);
        }
    }
}
