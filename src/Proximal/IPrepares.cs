using Proximal.Rollouts;

namespace Proximal;

/// <summary>A component of an objective that fixes something over the whole minibatch (bounds, counts) before the minibatch is evaluated, possibly in parts.</summary>
public interface IPrepares
{
    /// <summary>Looks at the whole minibatch. Called once before each update, after the aggregation and before the first part.</summary>
    /// <param name="minibatch">The whole minibatch, with the log-probabilities of the policy as it is now.</param>
    /// <param name="ratio">The ratio of every token of it. [tokens]</param>
    void Prepare(PathBatch minibatch, ReadOnlySpan<float> ratio);
}
