using System.Globalization;
using Proximal.Analysis.Curves;
using Proximal.Cli.Terminals;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Cli.Training;

/// <summary>What a run achieved: measurements before and after, answers side by side, and the learning curve.</summary>
internal static class TrainingSummary
{
    private const int CurveHeight = 9;

    /// <summary>Writes all of it.</summary>
    public static void Write(Terminal terminal, RunReader run, IReadOnlyList<EvaluationResult> evaluations)
    {
        WriteTable(terminal, evaluations);
        WriteAnswers(terminal, evaluations);
        WriteCurve(terminal, run);
    }

    /// <summary>The measurements before, between and after the stages.</summary>
    public static void WriteTable(Terminal terminal, IReadOnlyList<EvaluationResult> evaluations)
    {
        if (evaluations.Count == 0)
        {
            return;
        }

        EvaluationResult first = evaluations[0];
        string drawn = first.Temperature == 0 ? "most likely tokens" : string.Create(CultureInfo.InvariantCulture, $"temperature {first.Temperature}");
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(terminal.Paint($"On {Readable.Count(first.Problems)} held-out problems ({drawn})", Ink.Bold));
        TextTable table = new("", Number("exact"), Number("reward"), Number("tokens"), Number("truncated"));
        EvaluationResult[] shown = [.. evaluations.Where((e, i) => i == 0 || i == evaluations.Count - 1 || e.Label.StartsWith("after", StringComparison.Ordinal))];
        foreach (EvaluationResult evaluation in shown)
        {
            table.Add(
                evaluation.Label,
                Readable.Share(evaluation.Exact),
                Readable.Number(evaluation.Reward),
                Readable.Number(evaluation.ResponseTokens),
                Readable.Share(evaluation.Truncated));
        }

        table.Write(terminal);
        WriteCounters(terminal, shown);

        static TableColumn Number(string title) => new(title, IsNumber: true);
    }

    /// <summary>What the environment counted, a line for each counter; nothing where it counts nothing.</summary>
    private static void WriteCounters(Terminal terminal, EvaluationResult[] evaluations)
    {
        string[] names = [.. evaluations.SelectMany(evaluation => evaluation.Counters.Keys).Distinct(StringComparer.Ordinal)];
        if (names.Length == 0)
        {
            return;
        }

        terminal.Output.WriteLine();
        TextTable table = new(["an episode has", .. evaluations.Select(evaluation => new TableColumn(evaluation.Label, IsNumber: true))]);
        foreach (string name in names)
        {
            table.Add([name, .. evaluations.Select(evaluation => (TableCell)(evaluation.Counters.TryGetValue(name, out double value) ? Readable.Number(value) : "-"))]);
        }

        table.Write(terminal);
    }

    /// <summary>The curve of the run: rollouts while it learned, and held-out problems.</summary>
    public static void WriteCurve(Terminal terminal, RunReader run)
    {
        (string Name, string Metric)[] wanted = [("rollouts", "reward/exact"), ("held-out", "evaluation/exact")];
        List<CurveSeries> curves = [];
        foreach ((string name, string metric) in wanted)
        {
            (double[] steps, double[] values) = run.ReadCurve(metric, TrainingStage.Policy);
            if (values.Length > 1)
            {
                curves.Add(new CurveSeries(name, steps, values));
            }
        }

        if (curves.Count > 0)
        {
            terminal.Output.WriteLine();
            terminal.Output.Write(CurveText.Chart(curves, new CurveTextOptions
            {
                Title = "Exactly right answers over policy steps",
                Width = Math.Min(terminal.Width, 80),
                Height = CurveHeight,
                Colored = terminal.PaintsOutput,
            }));
        }
    }

    private static void WriteAnswers(Terminal terminal, IReadOnlyList<EvaluationResult> evaluations)
    {
        if (evaluations.Count < 2)
        {
            return;
        }

        (SampleAnswer Before, SampleAnswer After)[] pairs = [.. evaluations[0].Answers.Zip(evaluations[^1].Answers)];
        if (pairs.Length == 0)
        {
            return;
        }

        // Problems get up to half of the line, answers share the rest.
        int prompts = Math.Min(terminal.Width / 4, pairs.Max(pair => pair.After.Prompt.Length));
        int expected = Math.Min(terminal.Width / 4, pairs.Max(pair => pair.After.Expected.Length));
        int answers = (terminal.Width - Math.Max(prompts, 6) - Math.Max(expected, 8) - 6) / 2;
        terminal.Output.WriteLine();
        TextTable table = new("prompt", "expected", "answer before", "answer after");
        foreach ((SampleAnswer before, SampleAnswer after) in pairs)
        {
            table.Add(SafeText.Shorten(after.Prompt, prompts), SafeText.Shorten(after.Expected, expected), Answer(before, answers), Answer(after, answers));
        }

        table.Write(terminal);
    }

    private static TableCell Answer(SampleAnswer answer, int width) =>
        new(SafeText.Shorten($"{(answer.Correct ? '✓' : '✗')} {answer.Response}", width), answer.Correct ? Ink.Green : Ink.Red);
}
