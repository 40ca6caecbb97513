namespace Proximal.Tensors.Files;

/// <summary>
/// Writes whole files: the content goes to a temporary name in the same folder, is flushed to the disk, and is renamed. A reader sees the old
/// file or the new one, never a part, also after a kill or a full disk.
/// </summary>
public static class AtomicFile
{
    /// <summary>Extension of files that are being written. A killed process may leave one; <see cref="DeleteLeftovers"/> removes it.</summary>
    public const string TemporaryExtension = ".partial";

    private const int NoSpaceOnUnix = 28;
    private const int QuotaExceededOnLinux = 122;
    private const int QuotaExceededOnMac = 69;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);
    private const int HandleNoSpaceOnWindows = unchecked((int)0x80070027);

    /// <summary>Writes a file with what <paramref name="write"/> puts into the stream.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="write">Writes the content. What it throws comes through, and the file stays as it was.</param>
    /// <exception cref="IOException">The disk is full, or the folder is missing or not writable; the message names the path.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, OpenTemporary);

    /// <summary>Writes a file with the given bytes.</summary>
    /// <exception cref="IOException">The disk is full, or the folder is missing or not writable; the message names the path.</exception>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span));

    /// <summary>Writes a file with text in UTF-8 without byte order mark.</summary>
    /// <exception cref="IOException">The disk is full, or the folder is missing or not writable; the message names the path.</exception>
    public static void WriteText(string path, string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        WriteBytes(path, System.Text.Encoding.UTF8.GetBytes(content));
    }

    /// <summary>Creates a folder and its parents where they are missing.</summary>
    /// <exception cref="IOException">The folder cannot be made; the message names the path.</exception>
    public static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Explain(folder, cause);
        }
    }

    /// <summary>Removes the temporary files that killed processes left in a folder. Nobody may be writing there.</summary>
    public static void DeleteLeftovers(string folder)
    {
        foreach (string leftover in Directory.EnumerateFiles(folder, "*" + TemporaryExtension))
        {
            File.Delete(leftover);
        }
    }

    internal static void Write(string path, Action<Stream> write, Func<string, FileStream> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string temporary = $"{path}.{Path.GetRandomFileName()}{TemporaryExtension}";
        try
        {
            using (FileStream stream = open(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception cause)
        {
            DeleteQuietly(temporary);
            if (cause is IOException or UnauthorizedAccessException)
            {
                throw Explain(path, cause);
            }

            throw;
        }
    }

    private static FileStream OpenTemporary(string temporary) =>
        new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);

    private static IOException Explain(string path, Exception cause)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        string message = cause switch
        {
            UnauthorizedAccessException when Directory.Exists(path) => $"{path}: cannot write, a folder has this name.",
            UnauthorizedAccessException => $"{path}: cannot write, the folder \"{folder}\" is not writable.",
            DirectoryNotFoundException => $"{path}: cannot write, the folder \"{folder}\" does not exist.",
            IOException when IsDiskFull(cause.HResult) => $"{path}: cannot write, the disk is full.",
            _ => $"{path}: cannot write: {cause.Message.ReplaceLineEndings(" ")}",
        };
        return new IOException(message, cause);
    }

    private static bool IsDiskFull(int code) => OperatingSystem.IsWindows()
        ? code is NoSpaceOnWindows or HandleNoSpaceOnWindows
        : code == NoSpaceOnUnix || code == (OperatingSystem.IsMacOS() ? QuotaExceededOnMac : QuotaExceededOnLinux);

    private static void DeleteQuietly(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report; the leftover is recognizable by its extension.
        }
    }
}
