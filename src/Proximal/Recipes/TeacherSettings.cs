using Proximal.Optimizers;
using Proximal.Schedules;

namespace Proximal.Recipes;

/// <summary>
/// A model that writes the demonstrations of the supervised stage and whose probabilities of them are therefore known: a checkpoint with the
/// same tokenizer, or a model of the policy's shape that the run trains first, on demonstrations of the same or of another task or style.
/// </summary>
public sealed record TeacherSettings
{
    /// <summary>A folder in Hugging Face layout or a run; empty for a teacher that the run trains.</summary>
    public string Checkpoint { get; init; } = "";

    /// <summary>Whose demonstrations train the teacher; null for the task of the run. It must be answerable in the symbols of both.</summary>
    public ComponentChoice? Task { get; init; }

    /// <summary>Optimizer steps of its training.</summary>
    public int Steps { get; init; } = 150;

    /// <summary>Demonstrations a step of its training.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Share of the demonstrations of its training whose answer is replaced by a wrong one.</summary>
    public double DemonstrationNoise { get; init; }

    /// <summary>Largest norm of its gradient; 0 for no clipping.</summary>
    public double GradientClip { get; init; } = 1;

    /// <summary>Steps of the supervised stage that learn from the task's own demonstrations, unweighted, before those of the teacher begin.</summary>
    public int Begin { get; init; }

    /// <summary>Temperature at which it writes.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Whether only demonstrations that solve their problem are kept.</summary>
    public bool OnlyRight { get; init; } = true;

    /// <summary>Rounds of prompts in which a step collects the demonstrations that it keeps.</summary>
    public int Rounds { get; init; } = 8;

    /// <summary>Parameter updates from gradients.</summary>
    public ComponentChoice Optimizer { get; init; } = new(OptimizerModule.AdamW);

    /// <summary>How the learning rate moves over its training.</summary>
    public ComponentChoice Schedule { get; init; } = new(ScheduleModule.Constant);

    /// <summary>Whether the run trains it.</summary>
    public bool IsTrained => Checkpoint.Length == 0;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<TeacherSettings> Schema { get; } = new OptionSchema<TeacherSettings>(() => new TeacherSettings())
        .Text("checkpoint", t => t.Checkpoint, (t, v) => t with { Checkpoint = v }, "A folder in Hugging Face layout or a run; empty for a teacher that the run trains.")
        .Integer("steps", t => t.Steps, (t, v) => t with { Steps = v }, "Optimizer steps of its training.", 1, 100_000_000)
        .Integer("batch", t => t.Batch, (t, v) => t with { Batch = v }, "Demonstrations a step of its training.", 1, 1_000_000)
        .Number("demonstration-noise", t => t.DemonstrationNoise, (t, v) => t with { DemonstrationNoise = v }, "Share of the demonstrations of its training whose answer is replaced by a wrong one.", 0, 1)
        .Number("gradient-clip", t => t.GradientClip, (t, v) => t with { GradientClip = v }, "Largest norm of its gradient; 0 for no clipping.", 0)
        .Integer("begin", t => t.Begin, (t, v) => t with { Begin = v }, "Steps of the supervised stage on the task's own demonstrations before those of the teacher.", 0, 100_000_000)
        .Number("temperature", t => t.Temperature, (t, v) => t with { Temperature = v }, "Temperature at which it writes; above 0, so that its probabilities mean something.", 0.01, 100)
        .Flag("only-right", t => t.OnlyRight, (t, v) => t with { OnlyRight = v }, "Keep only demonstrations that solve their problem.")
        .Integer("rounds", t => t.Rounds, (t, v) => t with { Rounds = v }, "Rounds of prompts in which a step collects the demonstrations that it keeps.", 1, 64);
}
