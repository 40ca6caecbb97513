using Proximal.Control.Environments;
using Proximal.Control.Policies;

namespace Proximal.Control.Evaluation;

/// <summary>Lets policies control environments.</summary>
public static class PolicyController
{
    /// <summary>A controller with the policy's hidden states, which begin anew with every episode.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="copies">Copies of the environment.</param>
    /// <param name="deterministic">Whether the most likely action is taken instead of a sampled one.</param>
    /// <param name="seed">Seed of sampled actions.</param>
    public static Controller Create(Policy policy, int copies = 1, bool deterministic = true, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        int width = policy.StateWidth;
        float[] states = new float[copies * width];
        long step = 0;
        return (batch, actions) =>
        {
            for (int copy = 0; copy < copies && width > 0; copy++)
            {
                if (batch.Ended(copy))
                {
                    states.AsSpan(copy * width, width).Clear();
                }
            }

            policy.Act(new PolicyInput(copies, batch.Observations, batch.ActionMasks, states, batch.Rewards), new ActionChoice(deterministic, seed, step++), actions);
        };
    }
}
