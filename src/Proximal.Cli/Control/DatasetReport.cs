using System.Globalization;
using System.Text.Json;
using Proximal.Cli.Terminals;
using Proximal.Control.Data;

namespace Proximal.Cli.Control;

/// <summary>What a data set holds and how good its trajectories are.</summary>
internal sealed class DatasetReport
{
    private const double BestShare = 0.1;

    private readonly OfflineDataset dataset;
    private readonly (string Name, double Value)[] returns;
    private readonly double? coverage;

    /// <summary>Measures a data set.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="coverage">Its coverage relative to another data set; null where there is none.</param>
    public DatasetReport(OfflineDataset dataset, double? coverage)
    {
        this.dataset = dataset;
        this.coverage = coverage;
        double[] all = dataset.Returns();
        DatasetInformation from = dataset.Information;
        (string Name, double? Value)[] known =
        [
            ("mean", all.Average()),
            ("mean of the best tenth", dataset.Best(BestShare).Returns().Average()),
            ("smallest", all.Min()),
            ("largest", all.Max()),
            ("random policy", from.RandomReturn),
            ("expert", from.ExpertReturn),
        ];
        returns = [.. known.Where(row => row.Value is not null).Select(row => (row.Name, row.Value!.Value))];
    }

    private bool HasScores => dataset.Information is { RandomReturn: { } random, ExpertReturn: { } expert } && expert > random;

    /// <summary>Tells it.</summary>
    public void Write(Terminal terminal, string path, bool json)
    {
        if (json)
        {
            JsonText.WriteIndented(terminal.Output, writer => Write(writer, path));
            return;
        }

        DatasetInformation from = dataset.Information;
        terminal.Output.WriteLine(terminal.Paint(SafeText.OneLine(path), Ink.Bold));
        terminal.Output.WriteLine(SafeText.OneLine(string.Create(CultureInfo.InvariantCulture, $"{from.Environment}, {from.Source}, seed {from.Seed}")));
        terminal.Output.WriteLine($"observations {dataset.ObservationSpace}, actions {dataset.ActionSpace}");
        terminal.Output.WriteLine(
            $"{Readable.Count(dataset.Count)} transitions in {Readable.Count(dataset.TrajectoryCount)} trajectories of {Readable.Number((double)dataset.Count / dataset.TrajectoryCount)} steps, "
            + $"{Readable.Count(dataset.Terminated.Count(true))} terminations");
        if (coverage is { } covered)
        {
            terminal.Output.WriteLine($"coverage {Readable.Number(covered)}");
        }

        terminal.Output.WriteLine();
        TextTable table = new("return", new TableColumn("value", IsNumber: true), new TableColumn("normalized score", IsNumber: true));
        foreach ((string name, double value) in returns)
        {
            table.Add(name, Readable.Number(value), HasScores ? Score(value).ToString("0.0", CultureInfo.InvariantCulture) : "");
        }

        table.Write(terminal);
    }

    private void Write(Utf8JsonWriter json, string path)
    {
        DatasetInformation from = dataset.Information;
        json.WriteStartObject();
        json.WriteString("file", path);
        json.WriteString("environment", from.Environment);
        json.WriteString("source", from.Source);
        json.WriteNumber("seed", from.Seed);
        json.WriteNumber("transitions", dataset.Count);
        json.WriteNumber("trajectories", dataset.TrajectoryCount);
        json.WriteNumber("terminations", dataset.Terminated.Count(true));
        if (coverage is { } covered)
        {
            json.WriteFinite("coverage", covered);
        }

        json.WriteStartObject("returns");
        foreach ((string name, double value) in returns)
        {
            json.WriteFinite(name, value);
        }

        json.WriteEndObject();
        if (HasScores)
        {
            json.WriteStartObject("scores");
            foreach ((string name, double value) in returns)
            {
                json.WriteFinite(name, Score(value));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private double Score(double value) => DatasetMeasures.NormalizedScore(dataset.Information, value);
}
