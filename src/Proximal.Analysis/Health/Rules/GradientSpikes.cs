using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Health.Rules;

/// <summary>Single updates have a gradient many times larger than those before them.</summary>
internal sealed class GradientSpikes : IHealthRule
{
    private const string Norm = "gradient/norm";
    private const string LeftOut = "optimizer/left-out";

    /// <summary>Ten times what nine of ten of the steps before stayed below: in a noise of constant size that does not happen.</summary>
    private const double Factor = 10;
    private const double Level = 0.9;
    private const int Before = 50;

    /// <summary>Twice what nine of ten steps of the whole run stay below: a gradient that vanishes for a while and comes back is no spike.</summary>
    private const double WholeFactor = 2;

    /// <summary>One spike may be one strange batch; three are a habit.</summary>
    private const int Habit = 3;

    public string Id => "gradient-spikes";

    public string Title => "Gradient spikes";

    public string Criterion =>
        "The norm of the gradient of a step is ten times what 90% of the 50 steps before it stayed below, and twice what 90% of all steps do (a warning from three such steps on, before that a note). "
        + "Clipping by norm bounds the damage, but the direction of such an update is that of a few tokens.";

    public IReadOnlyList<string> Metrics => [Norm, LeftOut];

    public Finding? Examine(RunEvidence run)
    {
        if (run.Series(Norm) is not { } norm)
        {
            return null;
        }

        double median = Quantiles.Median(norm.Values), whole = Quantiles.Linear(norm.Values, Level), largest = 0;
        List<int> spikes = [];
        for (int i = MetricSeries.EnoughValues; i < norm.Count; i++)
        {
            double usual = Quantiles.Linear(norm.Values[Math.Max(0, i - Before)..i], Level), factor = norm.Values[i] / usual;
            if (norm.Values[i] > WholeFactor * whole && usual > 0 && factor > Factor)
            {
                spikes.Add(i);
                largest = Math.Max(largest, factor);
            }
        }

        return spikes.Count == 0 ? null : new Finding
        {
            Rule = Id,
            Title = Title,
            Severity = spikes.Count >= Habit ? Severity.Warning : Severity.Note,
            FirstStep = norm.Steps[spikes[0]],
            LastStep = norm.Steps[spikes[^1]],
            Evidence = FormattableString.Invariant($"The gradient of {Steps(norm, spikes)} was up to {largest:0} times as large as usual; the median norm of the run is {median:0.###}."),
            Numbers = [new("spikes", spikes.Count), new("largest factor", largest), new("median norm", median), new("share of updates left out", run.Series(LeftOut)?.Late ?? double.NaN)],
            Metrics = [Norm, "loss/total", Progress.Metric],
            Advice =
            [
                "clip by norm (policy.gradient-clip), or leave such updates out (policy.gradient-limit)",
                "look at the rollouts of these steps: one very long or very improbable response is often the cause",
                "a warm-up of the learning rate (policy.schedule.warm-up), or more prompts a step",
            ],
        };
    }

    private static string Steps(MetricSeries norm, List<int> spikes) => spikes.Count switch
    {
        1 => FormattableString.Invariant($"step {norm.Steps[spikes[0]]}"),
        2 => FormattableString.Invariant($"steps {norm.Steps[spikes[0]]} and {norm.Steps[spikes[1]]}"),
        _ => FormattableString.Invariant($"{spikes.Count} steps from {norm.Steps[spikes[0]]} to {norm.Steps[spikes[^1]]}"),
    };
}
