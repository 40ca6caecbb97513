using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Proximal.Runs;

/// <summary>Tells a live run what to do. The run must have been started with controls, which gives the token that is needed here.</summary>
public sealed class RunControls
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(25);

    private readonly RunFolder folder;
    private readonly string token;

    /// <summary>Addresses a run; nothing is sent yet.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="token">The token that the run printed when it started.</param>
    public RunControls(RunFolder folder, string token)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(token);
        (this.folder, this.token) = (folder, token);
    }

    /// <summary>Whether a process trains the run and listens to commands.</summary>
    public static bool AreOn(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return File.Exists(ControlFiles.TokenOf(folder)) && folder.IsTaken;
    }

    /// <summary>Sends a command and waits for its answer, which comes after the step that is going on.</summary>
    /// <param name="command">What to do.</param>
    /// <param name="patience">How long to wait. A command that has not been taken up by then is withdrawn.</param>
    /// <param name="key">The key of the recipe that is set, as <c>policy.optimizer.learning-rate</c>; for <see cref="RunCommand.Set"/> alone.</param>
    /// <param name="value">Its new value, as in a recipe.</param>
    /// <param name="cancellation">Ends the waiting, and withdraws the command where it has not been taken up.</param>
    /// <returns>The answer; a command with a wrong token is refused there.</returns>
    /// <exception cref="InvalidOperationException">Nobody listens: the run is not going on, or was started without controls.</exception>
    /// <exception cref="TimeoutException">There was no answer in time; says whether the command was withdrawn.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public async Task<ControlAnswer> SendAsync(RunCommand command, TimeSpan patience, string? key = null, string? value = null, CancellationToken cancellation = default)
    {
        if (!AreOn(folder))
        {
            throw new InvalidOperationException($"{folder.Path}: nobody listens; expected a run that goes on and was started with --controls.");
        }

        // Names sort by time, so that commands are carried out in the order in which they were given.
        string name = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow.Ticks:x16}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
        string path = Path.Combine(folder.Controls, name + ControlFiles.CommandExtension), answer = Path.Combine(folder.Controls, name + ControlFiles.AnswerExtension);
        ControlFiles.Write(path, Encode(command, key, value));
        DateTime deadline = DateTime.UtcNow + patience;
        try
        {
            while (!File.Exists(answer))
            {
                if (DateTime.UtcNow > deadline)
                {
                    throw new TimeoutException(File.Exists(path)
                        ? $"{folder.Path}: no answer within {Seconds(patience)}; the command was withdrawn."
                        : $"{folder.Path}: no answer within {Seconds(patience)}; the command was taken up.");
                }

                await Task.Delay(LookInterval, cancellation).ConfigureAwait(false);
            }

            using JsonDocument document = ControlFiles.Read(answer);
            return new ControlAnswer(document.RootElement.TryGetProperty("done", out JsonElement done) && done.ValueKind == JsonValueKind.True, document.Text("message") ?? "");
        }
        finally
        {
            File.Delete(path);
            File.Delete(answer);
        }
    }

    private byte[] Encode(RunCommand command, string? key, string? value)
    {
        ArrayBufferWriter<byte> content = new();
        RunLogs.WriteLine(content, json =>
        {
            json.WriteString("token", token);
            json.WriteString("command", RunCommands.Name(command));
            json.WriteString("key", key);
            json.WriteString("value", value);
        });
        return content.WrittenSpan.ToArray();
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
