using Proximal.Control.Policies;

namespace Proximal.Control.Learning;

/// <summary>What a policy did in steps of all copies of an environment [steps, copies].</summary>
public sealed class Rollout : RolloutBatch
{
    private readonly float[] rewards;
    private readonly bool[] ended;
    private readonly float[] lastValues;

    /// <summary>Takes memory for a rollout.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="maskWidth">Entries of an action mask; 0 without masks.</param>
    /// <param name="steps">The most steps.</param>
    /// <param name="copies">Copies of the environment.</param>
    public Rollout(ActorCriticPolicy policy, int maskWidth, int steps, int copies)
        : base(policy, maskWidth, checked(steps * copies), copies)
    {
        Steps = steps;
        rewards = new float[steps * copies];
        ended = new bool[steps * copies];
        lastValues = new float[copies];
    }

    /// <summary>Number of steps.</summary>
    public int Steps { get; private set; }

    /// <summary>Copies of the environment.</summary>
    public int Copies => lastValues.Length;

    /// <summary>Rewards [steps, copies], with the value of what follows added where an episode was truncated.</summary>
    public Span<float> Rewards => rewards.AsSpan(0, Count);

    /// <summary>Whether the episode ended in a step [steps, copies].</summary>
    public Span<bool> Ended => ended.AsSpan(0, Count);

    /// <summary>Values of the states after the last step [copies].</summary>
    public Span<float> LastValues => lastValues;

    /// <summary>Sets the number of steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than there is memory for.</exception>
    public void SetSteps(int steps)
    {
        Resize(steps * Copies, Copies);
        Steps = steps;
    }
}
