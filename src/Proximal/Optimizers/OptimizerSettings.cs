using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Optimizers;

/// <summary>Parameter updates from gradients, as a recipe describes them.</summary>
public abstract record OptimizerSettings
{
    /// <summary>Peak learning rate; the schedule multiplies it.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>Numbers that the optimizer keeps for each weight.</summary>
    public abstract int StatesPerWeight { get; }

    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="workers">Threads of its kernels.</param>
    public abstract Optimizer Create(IReadOnlyList<Parameter> parameters, Workers workers);
}
