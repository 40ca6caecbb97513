using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors;

namespace Proximal.Supplements;

/// <summary>The loss of <see cref="ExplainedPreferences"/>.</summary>
internal sealed class ExplainedPreferenceLoss : ISupplement, IMetricSource
{
    /// <summary>Rollouts among which a wrong one is looked for where they are not those of the step.</summary>
    private const int Tries = 2;

    private readonly SupplementParts parts;
    private readonly ExplainedPreferences settings;
    private readonly Explainer explainer;
    private readonly TargetChains chains;
    private readonly List<TargetPair> pairs = [];
    private readonly List<PreferenceResult> results = [];

    public ExplainedPreferenceLoss(SupplementParts parts, ExplainedPreferences settings)
    {
        (this.parts, this.settings) = (parts, settings);
        explainer = new Explainer(parts, settings.Refresh);
        chains = new TargetChains(parts);
    }

    /// <inheritdoc/>
    public string Name => "explained-preferences";

    /// <inheritdoc/>
    public IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks => explainer.Networks;

    /// <summary>The pairs of the step.</summary>
    public IReadOnlyList<TargetPair> Pairs => pairs;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics
    {
        get
        {
            yield return ("explanation/asked", explainer.Asked);
            yield return ("explanation/targets", pairs.Count);
            yield return ("cost/explanation-tokens", explainer.SampledTokens);
            if (results.Count > 0)
            {
                yield return ("preferences/accuracy", results.Average(result => result.Accuracy));
                yield return ("preferences/margin", results.Average(result => result.Margin));
            }
        }
    }

    /// <inheritdoc/>
    public void Begin(SupplementStep step)
    {
        explainer.Begin(step);
        pairs.Clear();
        results.Clear();
        IReadOnlyList<Trajectory>[] groups = [.. step.Groups.Where(group => !settings.OnlyAllWrong || group.IsAllWrong)];
        if (!explainer.IsCurrent)
        {
            IReadOnlyList<Trajectory> answers = explainer.Answer([.. groups.Select(group => group[0].Instance)], step, Tries);
            groups = [.. answers.Chunk(Tries)];
        }

        (TaskInstance Problem, Trajectory Wrong)[] wrong =
            [.. groups.Select(group => group.FirstOrDefault(IsWrong)).OfType<Trajectory>().Select(trajectory => (trajectory.Instance, trajectory))];
        TokenTree?[] explanations = explainer.Explain([.. wrong.Select(entry => entry.Problem)], step, settings.FilterConsistent);
        for (int i = 0; i < explanations.Length; i++)
        {
            if (explanations[i] is { } chosen)
            {
                pairs.Add(new TargetPair(chosen, chains.Of(wrong[i].Wrong)));
            }
        }
    }

    /// <inheritdoc/>
    public double? AddGradient(SupplementUpdate update)
    {
        (int start, int count) = update.ShareOf(pairs.Count).GetOffsetAndLength(pairs.Count);
        if (count == 0)
        {
            return null;
        }

        PreferenceResult result = parts.AddPreferenceGradient(pairs.GetRange(start, count), settings.Beta, settings.Coefficient);
        results.Add(result);
        return result.Loss;
    }

    private static bool IsWrong(Trajectory trajectory) => trajectory.End != EndReason.Open && !trajectory.Verdict.Correct;
}
