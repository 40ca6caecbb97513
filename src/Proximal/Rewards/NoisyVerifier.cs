using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Rewards;

/// <summary>
/// A verifier that errs, for experiments: <c>R ← 1 - R</c> with probability ρ1 where the reward is above 1/2 and ρ0 where it is not. The draw of a response depends on seed,
/// step, prompt and rollout alone. <see cref="PathBatch.Scores"/> and what is reported as exact stay clean.
/// </summary>
public sealed class NoisyVerifier(VerifierRates rates) : IRewardShaping, IMetricSource
{
    private double flipped;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRewardShaping, VerifierRates> Definition { get; } = new(
        new ComponentInfo(
            "noisy-verifier",
            Seam.Shaping,
            "Turns rewards of 0 and 1 over at random, as an imperfect verifier would.",
            "R̃_i = 1 - R_i with probability ρ1 if R_i > 1/2, else ρ0",
            "Cai et al. 2025, RL with Verifiable yet Noisy Rewards under Imperfect Verifiers, arXiv:2510.00915")
        {
            Mechanism = "Rule-based verifiers miss right answers in unusual form, and model-based ones let wrong answers pass: a channel with two error rates. This component puts that channel "
                + "behind an exact verifier, with rates that may differ from prompt to prompt, so that corrections can be tried where the truth is known.",
        },
        VerifierRates.Schema,
        options => new NoisyVerifier(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>Share of the last batch that was turned over.</summary>
    public IEnumerable<(string Name, double Value)> Metrics => [("noisy-verifier/flipped", flipped)];

    /// <inheritdoc/>
    public void Shape(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int count = 0;
        for (int group = 0; group < batch.GroupCount; group++)
        {
            int promptClass = rates.ClassOf(batch, group), first = batch.GroupOffsets[group];
            for (int path = first; path < batch.GroupOffsets[group + 1]; path++)
            {
                float reward = batch.Rewards[path];
                double rate = reward > 0.5f ? rates.FalseNegative(promptClass) : rates.FalsePositive(promptClass);
                if (new RandomStream(batch.Seed, RandomPurpose.Component, batch.Step, group, path - first).Uniform(0) < rate)
                {
                    LastToken.Replace(batch, path, 1 - reward);
                    count++;
                }
            }
        }

        flipped = batch.PathCount == 0 ? 0 : (double)count / batch.PathCount;
    }
}
