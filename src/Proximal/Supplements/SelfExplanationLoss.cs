using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Tensors;

namespace Proximal.Supplements;

/// <summary>The loss of <see cref="SelfExplanation"/>.</summary>
internal sealed class SelfExplanationLoss : ISupplement, IMetricSource
{
    private readonly SupplementParts parts;
    private readonly SelfExplanation settings;
    private readonly Explainer explainer;
    private readonly ExplanationGaps gaps;
    private readonly List<TokenTree> targets = [];
    private double coefficient;

    public SelfExplanationLoss(SupplementParts parts, SelfExplanation settings)
    {
        (this.parts, this.settings) = (parts, settings);
        explainer = new Explainer(parts, settings.Refresh);
        gaps = new ExplanationGaps(parts);
    }

    /// <inheritdoc/>
    public string Name => "self-explanation";

    /// <inheritdoc/>
    public IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks => explainer.Networks;

    /// <summary>The chains of the step: plain prompt, explanation, gold answer.</summary>
    public IReadOnlyList<TokenTree> Targets => targets;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics
    {
        get
        {
            yield return ("explanation/asked", explainer.Asked);
            yield return ("explanation/targets", targets.Count);
            yield return ("explanation/coefficient", coefficient);
            yield return ("cost/explanation-tokens", explainer.SampledTokens);
            if (explainer.Asked > 0)
            {
                yield return ("explanation/right", explainer.RightShare);
            }

            if (explainer.ConsistentShare is { } share)
            {
                yield return ("explanation/consistent", share);
            }

            foreach ((string, double) gap in gaps.Metrics)
            {
                yield return gap;
            }
        }
    }

    /// <inheritdoc/>
    public void Begin(SupplementStep step)
    {
        explainer.Begin(step);
        targets.Clear();
        gaps.Clear();
        coefficient = Annealing.At(settings.Coefficient, settings.Anneal, step);
        bool measures = settings.Measure > 0 && step.Step % settings.Measure == 0;
        if (coefficient == 0 && !measures)
        {
            return;
        }

        IReadOnlyList<Trajectory>[] groups = [.. step.Groups.Where(group => !settings.OnlyAllWrong || group.IsAllWrong)];
        TokenTree?[] chains = explainer.Explain([.. groups.Select(group => group[0].Instance)], step, settings.FilterConsistent);
        for (int i = 0; i < chains.Length; i++)
        {
            if (chains[i] is { } chain)
            {
                targets.Add(chain);
                gaps.Add(chain, groups[i]);
            }
        }

        if (measures)
        {
            gaps.Measure();
        }
    }

    /// <inheritdoc/>
    public double? AddGradient(SupplementUpdate update)
    {
        (int start, int count) = update.ShareOf(targets.Count).GetOffsetAndLength(targets.Count);
        return coefficient == 0 || count == 0 ? null : parts.AddLikelihoodGradient(targets.GetRange(start, count), coefficient);
    }
}
