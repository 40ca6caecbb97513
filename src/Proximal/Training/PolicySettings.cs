namespace Proximal.Training;

/// <summary>The numbers of the policy stage.</summary>
internal sealed record PolicySettings
{
    public required ulong Seed { get; init; }

    public required int Steps { get; init; }

    /// <summary>Prompts per step.</summary>
    public required int Prompts { get; init; }

    /// <summary>Rollouts per prompt.</summary>
    public required int Rollouts { get; init; }

    /// <summary>Parts into which the prompts of a step are divided; each is one optimizer step.</summary>
    public required int Minibatches { get; init; }

    /// <summary>Passes over the minibatches of a step.</summary>
    public required int Epochs { get; init; }

    /// <summary>The most tokens of a response.</summary>
    public required int ResponseBudget { get; init; }

    /// <summary>Largest global norm of the gradient; infinity does not clip.</summary>
    public required double GradientClip { get; init; }

    /// <summary>Steps after which the policy becomes the reference; 0 for never.</summary>
    public int ReferenceReset { get; init; }

    /// <summary>Global norm of the gradient, before clipping, above which an update is left out; infinity leaves none out.</summary>
    public double GradientLimit { get; init; } = double.PositiveInfinity;

    /// <summary>Columns that are filled beyond the log-probabilities of the policy.</summary>
    public Requirements Filled { get; init; }

    /// <summary>Whether a component looks at hidden states and the output layer before every update.</summary>
    public bool NeedsOutputLayer { get; init; }

    /// <summary>Whether rollouts are drawn from the policy's own distribution, so that the recorded log-probabilities are the old ones, bit for bit.</summary>
    public required bool BehaviourIsPolicy { get; init; }
}
