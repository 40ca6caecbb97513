using System.Globalization;
using System.Text.Json;
using Proximal.Runs;
using Proximal.Studio.Library;

namespace Proximal.Studio.Web;

/// <summary>What was done to a run from outside, and whether more can be done.</summary>
internal static class ControlJson
{
    /// <summary>Whether the run listens to commands, and whether it waits.</summary>
    /// <exception cref="InvalidDataException">Its events are damaged.</exception>
    public static void WriteState(Utf8JsonWriter json, StudioRun run)
    {
        bool listens = RunControls.AreOn(run.Folder);
        json.WriteStartObject();
        json.WriteBoolean("available", listens);
        json.WriteBoolean("paused", listens && RunEventLog.IsPaused(run.Folder));
        json.WriteEndObject();
    }

    /// <summary>The events of a run, in order.</summary>
    public static void WriteEvents(Utf8JsonWriter json, IReadOnlyList<RunEvent> events)
    {
        json.WriteStartObject();
        json.WriteStartArray("events");
        foreach (RunEvent one in events)
        {
            json.WriteStartObject();
            json.WriteString("stage", StudioJson.NameOf(one.Position.Stage));
            json.WriteNumber("step", one.Position.Step);
            json.WriteString("text", Describe(one));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Describe(RunEvent one) => one.Command switch
    {
        RunCommand.Set => string.Create(CultureInfo.InvariantCulture, $"{one.Key}: {one.OldValue} → {one.NewValue}"),
        RunCommand.Pause => "paused",
        RunCommand.Resume => "resumed",
        RunCommand.Checkpoint => "checkpoint",
        _ => "stopped",
    };
}
