namespace Proximal.Recipes;

/// <summary>Which rollouts of policy optimization are kept with every token, for those who look into the run.</summary>
public sealed record RecordingSettings
{
    /// <summary>Steps between recordings, the first and the last step always recorded; 0 for none at all.</summary>
    public int Every { get; init; } = 10;

    /// <summary>Prompts of a recorded step, each with all its rollouts.</summary>
    public int Prompts { get; init; } = 2;

    /// <summary>Bound on the recordings of a run, in MiB: beyond it every second of the older ones is dropped.</summary>
    public int Megabytes { get; init; } = 64;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<RecordingSettings> Schema { get; } = new OptionSchema<RecordingSettings>(() => new RecordingSettings())
        .Integer("every", r => r.Every, (r, v) => r with { Every = v }, "Steps between recordings, the first and the last step always recorded; 0 for none.", 0)
        .Integer("prompts", r => r.Prompts, (r, v) => r with { Prompts = v }, "Prompts of a recorded step, each with all its rollouts.", 1, 65_536)
        .Integer("megabytes", r => r.Megabytes, (r, v) => r with { Megabytes = v }, "Bound on all recordings in MiB: beyond it every second of the older ones is dropped.", 1, 1_048_576);
}
