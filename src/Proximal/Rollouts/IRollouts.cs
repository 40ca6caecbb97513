using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Rollouts;

/// <summary>Policy, prompts and environment to a batch of token trees.</summary>
public interface IRollouts
{
    /// <summary>Rolls out the policy.</summary>
    /// <param name="instances">One problem a prompt.</param>
    /// <param name="request">How many rollouts, and which random numbers.</param>
    RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request);
}

/// <summary>The numbers of one call to <see cref="IRollouts.Generate"/>.</summary>
/// <param name="RolloutsPerPrompt">Rollouts of each prompt.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Purpose">What the random numbers are for.</param>
/// <param name="Step">Step of the run.</param>
/// <param name="FirstPrompt">Number of the first prompt within the step: prompts drawn in several rounds keep their own random numbers.</param>
public readonly record struct RolloutRequest(int RolloutsPerPrompt, ulong Seed, RandomPurpose Purpose, long Step, int FirstPrompt = 0);
