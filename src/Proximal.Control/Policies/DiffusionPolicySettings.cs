namespace Proximal.Control.Policies;

/// <summary>Sizes of a <see cref="DiffusionPolicy"/>.</summary>
public sealed record DiffusionPolicySettings
{
    /// <summary>Observations the policy sees, the last ones, To.</summary>
    public int ObservationSteps { get; init; } = 2;

    /// <summary>Actions predicted at once, Tp; the first belongs to the oldest observation seen.</summary>
    public int PredictedActions { get; init; } = 16;

    /// <summary>Actions taken before the next prediction, Ta.</summary>
    public int ExecutedActions { get; init; } = 8;

    /// <summary>Steps of noise in training.</summary>
    public int NoiseSteps { get; init; } = 100;

    /// <summary>Steps of denoising when acting: DDIM over evenly spaced steps, or DDPM where it equals the steps of noise.</summary>
    public int DenoisingSteps { get; init; } = 10;

    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [256, 256, 256];

    internal void Validate()
    {
        Check(ObservationSteps, nameof(ObservationSteps), 64);
        Check(PredictedActions, nameof(PredictedActions), 1024);
        Check(ExecutedActions, nameof(ExecutedActions), 1024);
        Check(NoiseSteps, nameof(NoiseSteps), 10_000);
        Check(DenoisingSteps, nameof(DenoisingSteps), NoiseSteps);
        if (ObservationSteps - 1 + ExecutedActions > PredictedActions)
        {
            throw new ArgumentException($"{nameof(ExecutedActions)} is {ExecutedActions}; of {PredictedActions} predicted actions {ObservationSteps - 1} lie in the past, so that at most {PredictedActions - ObservationSteps + 1} can be taken.");
        }
    }

    private static void Check(int value, string name, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
