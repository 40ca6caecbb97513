using System.Text.Json;

namespace Proximal.Runs;

/// <summary>Files through which a live run is told what to do: <c>NAME.json</c> is a command, <c>NAME.done.json</c> its answer.</summary>
internal static class ControlFiles
{
    public const string CommandExtension = ".json";
    public const string AnswerExtension = ".done.json";

    /// <summary>Bytes of the largest command or answer.</summary>
    public const int LargestFile = 1 << 14;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The hash of the token of a run that listens.</summary>
    public static string TokenOf(RunFolder folder) => Path.Combine(folder.Controls, "token.sha256");

    /// <summary>Makes the folder, for its owner alone.</summary>
    public static void CreateFolder(RunFolder folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder.Controls);
        }
        else
        {
            Directory.CreateDirectory(folder.Controls, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Writes a file that its owner alone can read: under another name first, so that nobody sees half of it.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string temporary = $"{path}.{Path.GetRandomFileName()}.partial";
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (FileStream stream = new(temporary, options))
        {
            stream.Write(content);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a file of a bounded size.</summary>
    /// <exception cref="JsonException">It is larger, or no JSON object.</exception>
    public static JsonDocument Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] content = new byte[LargestFile + 1];
        int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (length > LargestFile)
        {
            throw new JsonException(FormattableString.Invariant($"larger than {LargestFile} bytes"));
        }

        JsonDocument document = JsonDocument.Parse(content.AsMemory(0, length));
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw new JsonException("expected a JSON object");
    }

    /// <summary>A member that is a text, or null.</summary>
    public static string? Text(this JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
