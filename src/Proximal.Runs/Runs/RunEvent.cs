using System.Text.Json;

namespace Proximal.Runs;

/// <summary>Something that was done to a live run from outside.</summary>
/// <param name="Position">The finished steps when it was done: a <see cref="RunCommand.Set"/> holds from the next step on.</param>
/// <param name="Command">What was done.</param>
/// <param name="Key">The key of the recipe that was set; null for other commands.</param>
/// <param name="OldValue">What it was.</param>
/// <param name="NewValue">What it is now.</param>
public sealed record RunEvent(RunPosition Position, RunCommand Command, string? Key = null, string? OldValue = null, string? NewValue = null)
{
    /// <summary>Writes the members of a JSON object.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteString("stage", Position.Stage.ToString().ToLowerInvariant());
        json.WriteNumber("step", Position.Step);
        json.WriteString("command", RunCommands.Name(Command));
        if (Command == RunCommand.Set)
        {
            json.WriteString("key", Key);
            json.WriteString("old", OldValue);
            json.WriteString("new", NewValue);
        }
    }

    /// <summary>Reads a line of <c>events.jsonl</c>.</summary>
    /// <exception cref="JsonException">The line is not an event.</exception>
    internal static RunEvent Parse(ReadOnlyMemory<byte> line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object
            || !Enum.TryParse(Text("stage"), ignoreCase: true, out TrainingStage stage) || !Enum.IsDefined(stage)
            || !root.TryGetProperty("step", out JsonElement number) || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out int step) || step < 0
            || RunCommands.Parse(Text("command")) is not { } command
            || (command == RunCommand.Set && (Text("key") is null || Text("new") is null)))
        {
            throw new JsonException("expected an object with stage, step, command, and for 'set' key, old and new");
        }

        return new RunEvent(new RunPosition(stage, step), command, Text("key"), Text("old"), Text("new"));

        string? Text(string name) => root.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
    }
}
