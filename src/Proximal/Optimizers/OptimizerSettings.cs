namespace Proximal.Optimizers;

/// <summary>Parameter updates from gradients, as a recipe describes them.</summary>
public abstract record OptimizerSettings
{
    /// <summary>Peak learning rate; the schedule multiplies it.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>Numbers that the optimizer keeps for each weight.</summary>
    public abstract int StatesPerWeight { get; }
}
