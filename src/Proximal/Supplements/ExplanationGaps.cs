using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Tasks;

namespace Proximal.Supplements;

/// <summary>
/// Why explanations teach, in two numbers under the policy as it is, below plain prompts. In distribution: mean log π a token of the explanation less that of the
/// expert's demonstration. Signal: log π of the gold answer behind the explanation less that behind a chain of the model's own rollouts.
/// </summary>
internal sealed class ExplanationGaps(SupplementParts parts)
{
    private readonly TargetChains chains = new(parts);
    private readonly List<(TokenTree Explanation, TokenTree? Expert, TokenTree? Own)> entries = [];
    private readonly List<(string Name, double Value)> metrics = [];

    /// <summary>The gaps as far as they could be measured.</summary>
    public IReadOnlyList<(string Name, double Value)> Metrics => metrics;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        entries.Clear();
        metrics.Clear();
    }

    /// <summary>Adds an explanation of a prompt and the rollouts of the same prompt.</summary>
    public void Add(TokenTree explanation, IReadOnlyList<Trajectory> group)
    {
        TaskInstance problem = group[0].Instance;
        TokenTree? own = group.Select(trajectory => chains.WithGoldAnswer(problem, trajectory)).FirstOrDefault(chain => chain is not null);
        entries.Add((explanation, chains.Of(problem, parts.Task.Demonstration(problem)), own));
    }

    /// <summary>Measures the gaps.</summary>
    public void Measure()
    {
        List<TokenTree> all = [.. entries.SelectMany(entry => new[] { entry.Explanation, entry.Expert, entry.Own }).OfType<TokenTree>()];
        if (all.Count == 0)
        {
            return;
        }

        Dictionary<TokenTree, float[]> logProbs = all.Zip(parts.LogProbs(all)).ToDictionary(pair => pair.First, pair => pair.Second);
        double[] inDistribution = [.. entries.Where(entry => entry.Expert is not null).Select(entry => Mean(logProbs[entry.Explanation]) - Mean(logProbs[entry.Expert!]))];
        double[] signal = [.. entries.Where(entry => entry.Own is not null).Select(entry => Answer(entry.Explanation) - Answer(entry.Own!))];
        AddMean("explanation/gap-in-distribution", inDistribution);
        AddMean("explanation/gap-signal", signal);

        double Answer(TokenTree chain) => logProbs[chain].TakeLast(chain.Segments[^1].Tokens.Length).Sum(logProb => (double)logProb);
    }

    private void AddMean(string name, double[] values)
    {
        if (values.Length > 0)
        {
            metrics.Add((name, values.Average()));
        }
    }

    private static double Mean(float[] logProbs) => logProbs.Average(logProb => (double)logProb);
}
