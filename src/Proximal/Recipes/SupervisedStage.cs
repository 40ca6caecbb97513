using Proximal.Optimizers;
using Proximal.Schedules;
using Proximal.Tasks;

namespace Proximal.Recipes;

/// <summary>Learning from demonstrations, the task's or a teacher's, by cross-entropy on the tokens of the response.</summary>
public sealed record SupervisedStage
{
    /// <summary>Optimizer steps.</summary>
    public int Steps { get; init; } = 150;

    /// <summary>Demonstrations a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Share of the demonstrations whose answer is replaced by a wrong one, which leaves room to improve by rewards.</summary>
    public double DemonstrationNoise { get; init; }

    /// <summary>Share of the demonstrations whose prompt carries the answer as a hint and asks for its explanation.</summary>
    public double AnswerHints { get; init; }

    /// <summary>Whose demonstrations are learned from; null for the task of the run. Easier problems of the same family leave policy optimization hard ones.</summary>
    public ComponentChoice? Task { get; init; }

    /// <summary>More tasks, with which <see cref="Task"/> is mixed; a weight of 1 is a share as large as that of <see cref="Task"/>.</summary>
    public ComponentList Mixture { get; init; } = [];

    /// <summary>Largest norm of the gradient; 0 for no clipping.</summary>
    public double GradientClip { get; init; } = 1;

    /// <summary>Parameter updates from gradients.</summary>
    public ComponentChoice Optimizer { get; init; } = new(OptimizerModule.AdamW);

    /// <summary>How the learning rate moves over the stage.</summary>
    public ComponentChoice Schedule { get; init; } = new(ScheduleModule.Constant);

    /// <summary>Weights on the tokens of demonstrations; null for all alike.</summary>
    public ComponentChoice? Weighting { get; init; }

    /// <summary>The model that writes the demonstrations; null for those of the task.</summary>
    public TeacherSettings? Teacher { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<SupervisedStage> Schema { get; } = new OptionSchema<SupervisedStage>(() => new SupervisedStage())
        .Integer("steps", s => s.Steps, (s, v) => s with { Steps = v }, "Optimizer steps.", 1, 100_000_000)
        .Integer("batch", s => s.Batch, (s, v) => s with { Batch = v }, "Demonstrations a step.", 1, 1_000_000)
        .Number("demonstration-noise", s => s.DemonstrationNoise, (s, v) => s with { DemonstrationNoise = v }, "Share of the demonstrations whose answer is replaced by a wrong one.", 0, 1)
        .Number("answer-hints", s => s.AnswerHints, (s, v) => s with { AnswerHints = v }, "Share of the demonstrations whose prompt carries the answer as a hint and asks for its explanation.", 0, 1)
        .Number("gradient-clip", s => s.GradientClip, (s, v) => s with { GradientClip = v }, "Largest norm of the gradient; 0 for no clipping.", 0);

    /// <summary>Makes the task of the stage, mixed with those of <see cref="Mixture"/>; null for the task of the run alone.</summary>
    /// <exception cref="InvalidDataException">There is a mixture without a task.</exception>
    internal ITask? CreateTask() => (Task, Mixture.Count) switch
    {
        (null, 0) => null,
        (null, _) => throw new InvalidDataException("'supervised.mixture' has tasks, expected a 'supervised.task' with which they are mixed."),
        ({ } task, 0) => task.Create<ITask>(),
        ({ } task, _) => new MixtureTask([(task.Create<ITask>(), 1), .. Mixture.Select(choice => (choice.Create<ITask>(), choice.Weight))]),
    };
}
