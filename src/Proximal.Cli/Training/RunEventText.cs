using System.Globalization;
using System.Text.Json;
using Proximal.Cli.Terminals;
using Proximal.Runs;

namespace Proximal.Cli.Training;

/// <summary>What was done to a live run from outside, for people and for machines.</summary>
internal static class RunEventText
{
    /// <summary>An event in one line.</summary>
    public static string Line(RunEvent one)
    {
        string position = string.Create(CultureInfo.InvariantCulture, $"{TrainingText.Name(one.Position.Stage)} step {one.Position.Step}");
        return one.Command switch
        {
            RunCommand.Pause => $"paused after {position}",
            RunCommand.Resume => $"goes on after {position}",
            RunCommand.Checkpoint => $"checkpoint after {position}, as asked for",
            RunCommand.Stop => $"told to stop after {position}",
            _ => SafeText.OneLine($"after {position}: {one.Key} was {one.OldValue} and is {one.NewValue}"),
        };
    }

    /// <summary>How a run is told what to do.</summary>
    public static string Listening(string token) => $"controls are on: `proximal tell RUN pause --token {token}`";

    /// <summary>Writes an event as members of an object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, RunEvent one)
    {
        json.WriteString("stage", TrainingText.Name(one.Position.Stage));
        json.WriteNumber("step", one.Position.Step);
        json.WriteString("command", one.Command.ToString().ToLowerInvariant());
        if (one.Command == RunCommand.Set)
        {
            json.WriteString("key", one.Key);
            json.WriteString("old", one.OldValue);
            json.WriteString("new", one.NewValue);
        }
    }
}
