using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Proximal.Runs;

/// <summary>
/// The end of a live run at which commands arrive. Whoever knows the token may give them; the folder holds its SHA-256 alone. Looking for commands is one
/// look into a folder.
/// </summary>
internal sealed class ControlChannel : IDisposable
{
    private const int TokenBytes = 32;
    private const int MostCommands = 64;
    private const int MostAnswers = 256;

    private readonly RunFolder folder;
    private readonly byte[] hash;

    private ControlChannel(RunFolder folder, string token)
    {
        this.folder = folder;
        Token = token;
        hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
    }

    /// <summary>What a command must bring. Told once, and kept nowhere else.</summary>
    public string Token { get; }

    /// <summary>Begins to listen, with a new token. What lies in the folder from another time is deleted.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static ControlChannel Open(RunFolder folder)
    {
        Clear(folder);
        ControlFiles.CreateFolder(folder);

        // The one number that must not follow from the seed of a run: who guesses it commands the run.
        ControlChannel channel = new(folder, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));
        ControlFiles.Write(ControlFiles.TokenOf(folder), Encoding.UTF8.GetBytes(Convert.ToHexStringLower(channel.hash) + "\n"));
        return channel;
    }

    /// <summary>Deletes what a run that listened has left, so that nobody believes it listens still.</summary>
    public static void Clear(RunFolder folder)
    {
        if (Directory.Exists(folder.Controls))
        {
            Directory.Delete(folder.Controls, recursive: true);
        }
    }

    /// <summary>The commands that have arrived, the oldest first. One with a wrong token, or that cannot be read, is answered here and changes nothing.</summary>
    public IReadOnlyList<ArrivedCommand> Take()
    {
        List<ArrivedCommand>? arrived = null;
        foreach (string path in Directory.EnumerateFiles(folder.Controls, "*" + ControlFiles.CommandExtension)
            .Where(path => !path.EndsWith(ControlFiles.AnswerExtension, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(MostCommands))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            (ArrivedCommand? command, string problem) = Read(path, name);
            File.Delete(path);
            if (command is null)
            {
                Answer(name, new ControlAnswer(false, problem));
            }
            else
            {
                (arrived ??= []).Add(command);
            }
        }

        return arrived ?? (IReadOnlyList<ArrivedCommand>)[];
    }

    /// <summary>Answers a command. Answers that nobody fetches are dropped in the end.</summary>
    public void Answer(string name, ControlAnswer answer)
    {
        ArrayBufferWriter<byte> content = new();
        RunLogs.WriteLine(content, json =>
        {
            json.WriteBoolean("done", answer.IsDone);
            json.WriteString("message", answer.Message);
        });
        ControlFiles.Write(Path.Combine(folder.Controls, name + ControlFiles.AnswerExtension), content.WrittenSpan);
        foreach (string old in Directory.GetFiles(folder.Controls, "*" + ControlFiles.AnswerExtension).Order(StringComparer.Ordinal).SkipLast(MostAnswers))
        {
            File.Delete(old);
        }
    }

    public void Dispose() => File.Delete(ControlFiles.TokenOf(folder));

    private (ArrivedCommand? Command, string Problem) Read(string path, string name)
    {
        try
        {
            using JsonDocument document = ControlFiles.Read(path);
            byte[] given = SHA256.HashData(Encoding.UTF8.GetBytes(document.Text("token") ?? ""));
            if (!CryptographicOperations.FixedTimeEquals(given, hash))
            {
                return (null, "The token is wrong.");
            }

            return RunCommands.Parse(document.Text("command")) is { } command
                ? (new ArrivedCommand(name, command, document.Text("key"), document.Text("value")), "")
                : (null, "There is no such command, expected pause, resume, checkpoint, stop or set.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return (null, $"The command cannot be read: {exception.Message}");
        }
    }

    /// <summary>A command whose token was right.</summary>
    public sealed record ArrivedCommand(string Name, RunCommand Command, string? Key, string? Value);
}
