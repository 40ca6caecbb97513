using Proximal.Analysis.Trees;
using Proximal.Control.Policies;

namespace Proximal.Cli.Trees;

/// <summary>A policy as a teacher of trees.</summary>
internal static class PolicyTeacher
{
    private const int RowsAtOnce = 4096;

    /// <summary>The teacher.</summary>
    /// <param name="policy">A policy with discrete actions and no memory.</param>
    /// <param name="deterministic">Whether the most likely action is taken.</param>
    /// <param name="seed">Seed of sampled actions.</param>
    public static Teacher Of(Policy policy, bool deterministic, ulong seed) => (inputs, run, actions) =>
    {
        int width = policy.Observations.Width;
        float[] chosen = new float[Math.Min(RowsAtOnce, actions.Length)];
        for (int start = 0; start < actions.Length; start += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, actions.Length - start);
            ActionChoice choice = new(deterministic, seed, ((long)run << 32) + start);
            policy.Act(new PolicyInput(count, inputs.Slice(start * width, count * width)), choice, chosen.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                actions[start + i] = (int)chosen[i];
            }
        }
    };
}
