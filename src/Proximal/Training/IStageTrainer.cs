using Proximal.Rollouts;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Training;

/// <summary>The work of one stage, a step at a time.</summary>
internal interface IStageTrainer
{
    /// <summary>Steps of the stage.</summary>
    int Steps { get; }

    /// <summary>Optimizers by name, whose state a checkpoint holds.</summary>
    IEnumerable<(string Name, Optimizer Optimizer)> Optimizers { get; }

    /// <summary>Networks beside the policy by name, which a checkpoint holds.</summary>
    IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks { get; }

    /// <summary>Components with a memory, by seam and name.</summary>
    IEnumerable<(string Name, IStateful Component)> Components { get; }

    /// <summary>Trainers of the same stage for other models, by the names of these; what they hold is theirs alone.</summary>
    IEnumerable<(string Name, IStageTrainer Trainer)> Peers => [];

    /// <summary>The rollouts, or the demonstrations, of the step that is going on or went on last; null before the first.</summary>
    RolloutBatch? LastBatch { get; }

    /// <summary>Does a step.</summary>
    /// <param name="step">Number of the step, from 0.</param>
    StepReport Step(int step);
}
