using Proximal.Analysis.Curves;
using Proximal.Analysis.Statistics;
using Proximal.Cli.Terminals;
using Proximal.Control.Runs;
using Proximal.Runs;

namespace Proximal.Cli.Control;

/// <summary>What a control run achieved: measurements before and after, and the learning curve.</summary>
internal static class ControlResults
{
    private const int CurveHeight = 9;

    /// <summary>Writes all of it.</summary>
    public static void Write(Terminal terminal, RunReader run, IReadOnlyList<ControlEvaluation> evaluations)
    {
        WriteTable(terminal, evaluations);
        WriteCurve(terminal, run);
    }

    /// <summary>An estimate with its interval.</summary>
    public static string Interval(Estimate estimate) => $"{Readable.Number(estimate.Lower)} to {Readable.Number(estimate.Upper)}";

    private static void WriteTable(Terminal terminal, IReadOnlyList<ControlEvaluation> evaluations)
    {
        if (evaluations.Count == 0)
        {
            return;
        }

        ControlEvaluation[] shown = evaluations.Count == 1 ? [evaluations[0]] : [evaluations[0], evaluations[^1]];
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(terminal.Paint($"Over {Readable.Count(shown[^1].Returns.Count)} episodes that were not learned from", Ink.Bold));
        TableColumn[] columns =
        [
            new(""),
            .. ((string[])["return", "deviation", "95% interval", "length"]).Concat(shown[^1].Metrics.Select(metric => metric.Name)).Select(title => new TableColumn(title, IsNumber: true)),
        ];
        TextTable table = new(columns);
        foreach (ControlEvaluation evaluation in shown)
        {
            table.Add(
            [
                evaluation.Label,
                Readable.Number(evaluation.Mean),
                Readable.Number(evaluation.Deviation),
                Interval(Bootstrap.Interval([.. evaluation.Returns], Moments.Mean)),
                Readable.Number(evaluation.Length),
                .. evaluation.Metrics.Select(metric => (TableCell)Readable.Number(metric.Mean)),
            ]);
        }

        table.Write(terminal);
    }

    private static void WriteCurve(Terminal terminal, RunReader run)
    {
        List<CurveSeries> curves = [];
        foreach ((string name, string metric) in ((string, string)[])[("episodes", ControlRuns.ReturnMetric), ("evaluation", "evaluation/return")])
        {
            (double[] steps, double[] values) = run.ReadCurve(metric);
            if (values.Count(double.IsFinite) > 1)
            {
                curves.Add(new CurveSeries(name, steps, values));
            }
        }

        if (curves.Count > 0)
        {
            terminal.Output.WriteLine();
            terminal.Output.Write(CurveText.Chart(curves, new CurveTextOptions
            {
                Title = "Return over steps",
                Width = Math.Min(terminal.Width, 80),
                Height = CurveHeight,
                Colored = terminal.PaintsOutput,
            }));
        }
    }
}
