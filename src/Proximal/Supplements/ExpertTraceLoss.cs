using Proximal.Models.Generation;
using Proximal.Tasks;

namespace Proximal.Supplements;

/// <summary>The loss of <see cref="ExpertTraces"/>.</summary>
internal sealed class ExpertTraceLoss(SupplementParts parts, ExpertTraces settings) : ISupplement, IMetricSource
{
    private readonly TargetChains chains = new(parts);
    private readonly List<TokenTree> targets = [];
    private double coefficient;

    /// <inheritdoc/>
    public string Name => "expert-traces";

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => [("expert/targets", targets.Count), ("expert/coefficient", coefficient)];

    /// <inheritdoc/>
    public void Begin(SupplementStep step)
    {
        coefficient = Annealing.At(settings.Coefficient, settings.Anneal, step);
        targets.Clear();
        foreach (TaskInstance problem in step.Groups.Where(group => !settings.OnlyAllWrong || group.IsAllWrong).Select(group => group[0].Instance))
        {
            if (parts.Task.Demonstration(problem, settings.Style) is { } trace && chains.Of(problem, trace) is { } chain)
            {
                targets.Add(chain);
            }
        }
    }

    /// <inheritdoc/>
    public double? AddGradient(SupplementUpdate update)
    {
        (int start, int count) = update.ShareOf(targets.Count).GetOffsetAndLength(targets.Count);
        return coefficient == 0 || count == 0 ? null : parts.AddLikelihoodGradient(targets.GetRange(start, count), coefficient);
    }
}
