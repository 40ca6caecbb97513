using Proximal.Tasks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Rollouts;

/// <summary>Policy, prompts and environment to a batch of token trees.</summary>
public interface IRollouts
{
    /// <summary>
    /// Whether what <see cref="Generate"/> records is the log-probability under the policy as it is, bit for bit. Where it is not, the trainer computes
    /// <see cref="PathBatch.Old"/> by a pass over the batch.
    /// </summary>
    bool IsOnPolicy => true;

    /// <summary>Whether the distribution that really produced the tokens stands in for the old policy: <see cref="PathBatch.Old"/> is <see cref="PathBatch.Behaviour"/>.</summary>
    bool SamplerIsAnchor => false;

    /// <summary>
    /// Fills <see cref="PathBatch.Old"/>, which ratios go against, once <see cref="PathBatch.Current"/> holds the policy before the first update: that policy, or
    /// the sampler where it stands in for it.
    /// </summary>
    /// <param name="batch">The rollouts of the step.</param>
    void FillOld(RolloutBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        (SamplerIsAnchor ? batch.Paths.Behaviour : batch.Paths.Current).CopyTo(batch.Paths.Old);
    }

    /// <summary>Networks of its own, by name, which a checkpoint must hold.</summary>
    IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks => [];

    /// <summary>Rolls out the policy.</summary>
    /// <param name="instances">One problem a prompt.</param>
    /// <param name="request">How many rollouts, and which random numbers.</param>
    RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request);

    /// <summary>Passes over the batch of a step.</summary>
    /// <param name="step">Step, from 0.</param>
    /// <param name="passes">Passes that the recipe asks for.</param>
    int Passes(int step, int passes) => passes;

    /// <summary>Told after every change of the policy.</summary>
    void PolicyChanged()
    {
    }
}

/// <summary>The numbers of one call to <see cref="IRollouts.Generate"/>.</summary>
/// <param name="RolloutsPerPrompt">Rollouts of each prompt.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Purpose">What the random numbers are for.</param>
/// <param name="Step">Step of the run.</param>
/// <param name="FirstPrompt">Number of the first prompt within the step: prompts drawn in several rounds keep their own random numbers.</param>
/// <param name="ResponseBudget">The most tokens of a response when it is less than the rollouts allow; 0 for no other bound.</param>
public readonly record struct RolloutRequest(
    int RolloutsPerPrompt,
    ulong Seed,
    RandomPurpose Purpose,
    long Step,
    int FirstPrompt = 0,
    int ResponseBudget = 0);
