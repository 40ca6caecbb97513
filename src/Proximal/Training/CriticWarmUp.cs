using Proximal.Objectives;
using Proximal.Rollouts;

namespace Proximal.Training;

/// <summary>The start of a stage, in which the critic alone is trained: a number of steps, or fewer once the critic explains the returns.</summary>
/// <param name="steps">The most steps.</param>
/// <param name="explainedVariance">The explained variance that ends it; 0 for the full number of steps.</param>
internal sealed class CriticWarmUp(int steps, double explainedVariance) : IStateful
{
    private const string StateKey = "is-over";

    private bool isOver;

    /// <summary>Whether the policy is updated in a step.</summary>
    public bool IsOver(int step) => isOver || step >= steps;

    /// <summary>Takes note of how well the critic foresaw the returns of a step, before it learns from them.</summary>
    public void Observe(PathBatch batch) =>
        isOver |= explainedVariance > 0 && ValueMetrics.ExplainedVarianceOf(batch.OldValues, batch.Returns, batch.Mask) > explainedVariance;

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state) => state[StateKey] = [isOver ? 1 : 0];

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state) => isOver = state[StateKey][0] != 0;
}
