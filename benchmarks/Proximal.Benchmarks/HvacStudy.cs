using System.Globalization;
using System.Text;
using Proximal.Analysis.Curves;
using Proximal.Analysis.Trees;
using Proximal.Control.Buildings;
using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Environments.Buildings;
using Proximal.Control.Learning;
using Proximal.Tensors;

namespace Proximal.Benchmarks;

/// <summary>The study of Veri-HVAC over several seeds: tables in Markdown, and pictures of a day, of the tree and of accuracy against samples.</summary>
internal static class HvacStudy
{
    private const string Recipe = "recipes/control/hvac-ppo.yaml";
    private const string Rules = "samples/rules/hvac-winter.yaml";

    private static readonly int[] Sizes = [50, 100, 200, 400, 800, 1600, 3200, 6400];

    public static void Run(string[] arguments)
    {
        string folder = Option(arguments, "--out") ?? "docs/studies", seeds = Option(arguments, "--seeds") ?? "1-3";
        int samples = Number(arguments, "--samples", 800), runs = Number(arguments, "--runs", 12), sequences = Number(arguments, "--sequences", 1000), horizon = Number(arguments, "--horizon", 3);
        int[] sizes = [.. Sizes.TakeWhile(size => size < samples), samples];
        List<HvacTrial> trials = [];
        using Workers workers = new(1);
        foreach (int seed in SeedRange.Parse(seeds))
        {
            HvacTrial trial = new(seed, horizon, sequences, runs);
            Print($"seed {seed}: next temperature within {trial.ModelError:F3} K on held-out days, {trial.PersistenceError:F3} K without a model");
            trial.Extract(sizes, heldOut: 300, Rules);
            Print($"seed {seed}: {2 * samples} labels in {trial.LabelSeconds:F0} s; {trial.Tree.LeafCount} leaves, {trial.Before.FailingLeaves} fail, {trial.After.FailingLeaves} after correction, {trial.Division.Tree.LeafCount} leaves after division");
            using Learner learner = HvacTrial.TrainPpo(Recipe, seed, workers);
            trial.Compare(learner);
            foreach ((string name, double energy, double minutes, double hours, double total, double micros) in trial.Rows)
            {
                Print($"seed {seed}: {name}: {energy:F0} kWh, {minutes:F0} min, {hours:F1} K h, return {total:F1}, {micros:F2} us");
            }

            if (trials.Count == 0)
            {
                WriteDay(trial, learner, Path.Combine(folder, "veri-hvac-day.svg"));
                File.WriteAllText(Path.Combine(folder, "veri-hvac-tree.svg"), TreeSvg.Write(
                    trial.Division.Tree, $"Verified tree of seed {seed} ({trial.Division.Tree.LeafCount} leaves), heating/cooling setpoints, first 3 questions", levels: 3));
                TreeJson.Save(trial.Division.Tree, Path.Combine(folder, "veri-hvac-tree.json"));
            }

            trials.Add(trial);
        }

        WriteTables(trials, sizes);
        WriteAccuracy(trials, sizes, Path.Combine(folder, "veri-hvac-accuracy.svg"));
        trials.ForEach(trial => trial.Dispose());
    }

    /// <summary>How well the paper's network predicts real series: files <c>X_city.csv</c> and <c>Y_city.csv</c> in a folder.</summary>
    public static void Models(string folder)
    {
        using Workers workers = new(1);
        foreach (string path in Directory.EnumerateFiles(folder, "X_*.csv").Order(StringComparer.Ordinal))
        {
            string city = Path.GetFileNameWithoutExtension(path)[2..];
            ThermalSeries series = ThermalSeries.Load(path, Path.Combine(folder, $"Y_{city}.csv"));
            (int[] training, int[] heldOut) = TimeBlocks.Split(series.Count);
            foreach ((string name, float[] rows) in ((string, float[])[])[("8 numbers", series.Rows.ToArray()), ("8 numbers and context", series.WithContext())])
            {
                List<double> errors = [], seconds = [];
                for (int seed = 1; seed <= 3; seed++)
                {
                    long start = System.Diagnostics.Stopwatch.GetTimestamp();
                    using ThermalModel model = ThermalModel.Fit(rows, series.Next, training, new() { Seed = (ulong)seed }, workers);
                    seconds.Add(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds);
                    errors.Add(model.RootMeanSquaredError(rows, series.Next, heldOut));
                }

                Print($"| {city} | {name} | {Spread(errors, "F3")} | {ThermalModel.PersistenceError(rows, series.Next, heldOut):F3} | {seconds.Average():F0} |");
            }
        }
    }

    private static void WriteTables(List<HvacTrial> trials, int[] sizes)
    {
        Print($"\n| | energy kWh | uncomfortable min | violation K h | return | decision us |\n|---|---|---|---|---|---|");
        for (int i = 0; i < trials[0].Rows.Count; i++)
        {
            Print($"| {trials[0].Rows[i].Name} | {Of(row => row.Energy, "F0")} | {Of(row => row.Minutes, "F0")} | {Of(row => row.DegreeHours, "F1")} | {Of(row => row.Return, "F1")} | {Of(row => row.Microseconds, "G3")} |");

            string Of(Func<(string, double Energy, double Minutes, double DegreeHours, double Return, double Microseconds), double> value, string format) =>
                Spread([.. trials.Select(trial => value(trial.Rows[i]))], format);
        }

        Print($"\nmodel {Spread([.. trials.Select(trial => trial.ModelError)], "F3")} K, persistence {Spread([.. trials.Select(trial => trial.PersistenceError)], "F3")} K");
        Print($"leaves {Spread([.. trials.Select(trial => (double)trial.Tree.LeafCount)], "F1")}, failing before {Spread([.. trials.Select(trial => (double)trial.Before.FailingLeaves)], "F1")}, after {trials.Sum(trial => trial.After.FailingLeaves)}, leaves after division {Spread([.. trials.Select(trial => (double)trial.Division.Tree.LeafCount)], "F1")}");
        Print($"certificate: {Spread([.. trials.Select(trial => trial.Certificate.Share)], "F3")} comfortable next, lower bound {trials.Min(trial => trial.Certificate.WilsonLower):F3} (Wilson) {trials.Min(trial => trial.Certificate.HoeffdingLower):F3} (Hoeffding)");
        Print($"teacher agrees with itself: action {Spread([.. trials.Select(trial => trial.Ceiling.Action)], "F3")}, heating setpoint {Spread([.. trials.Select(trial => trial.Ceiling.Heating)], "F3")}");
        Print($"\n| samples | action, history | action, uniform | heating, history | heating, uniform | K apart, history | K apart, uniform |\n|---|---|---|---|---|---|---|");
        foreach (int size in sizes)
        {
            Print($"| {size} | {Of(InputSampling.Historical, all => all.Action)} | {Of(InputSampling.Uniform, all => all.Action)} | {Of(InputSampling.Historical, all => all.Heating)} | {Of(InputSampling.Uniform, all => all.Heating)} | {Of(InputSampling.Historical, all => all.Distance)} | {Of(InputSampling.Uniform, all => all.Distance)} |");

            string Of(InputSampling sampling, Func<(double Action, double Heating, double Distance), double> value) => Spread([.. trials.Select(trial => value(trial.Accuracy[(sampling, size)]))], "F3");
        }
    }

    private static void WriteDay(HvacTrial trial, Learner learner, string path)
    {
        List<(double Hour, double Zone, double Outdoor, double Heating, double Cooling)> tree = trial.Day(HvacTrial.TreeController(trial.Division.Tree));
        double[] hours = [.. tree.Select(step => step.Hour)];
        CurveSeries[] series =
        [
            new("zone, verified tree", hours, [.. tree.Select(step => step.Zone)]),
            new("heating setpoint", hours, [.. tree.Select(step => step.Heating)]),
            new("cooling setpoint", hours, [.. tree.Select(step => step.Cooling)]),
            new("zone, rule thermostat", hours, [.. trial.Day(RuleThermostat.ToController(ComfortZone.Winter)).Select(step => step.Zone)]),
            new("zone, PPO", hours, [.. trial.Day(Controllers.From(learner.Policy)).Select(step => step.Zone)]),
        ];
        Plot(series, path, "A winter day, comfortable between 20 and 23.5 °C from 8 to 21 h", "hour", "°C", AxisScale.Linear);
    }

    private static void WriteAccuracy(List<HvacTrial> trials, int[] sizes, string path)
    {
        double[] steps = [.. sizes.Select(size => (double)size)];
        CurveSeries Of(string name, InputSampling sampling) => new(
            name, steps, [.. trials.Select(trial => (IReadOnlyList<double>)[.. sizes.Select(size => trial.Accuracy[(sampling, size)].Heating)])]);
        CurveSeries[] series = [Of("samples near the history", InputSampling.Historical), Of("uniform samples", InputSampling.Uniform)];
        Plot(series, path, "Agreement with the teacher's heating setpoint, held-out occupied inputs", "samples", "agreement", AxisScale.Logarithmic);
    }

    private static void Plot(CurveSeries[] series, string path, string title, string x, string y, AxisScale scale)
    {
        CurvePlotOptions options = new() { Title = title, XLabel = x, YLabel = y, Width = 760, Height = 420, PixelRatio = 1, XScale = scale };
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(CurvePlot.ToSvg(series, options)));
    }

    private static string Spread(List<double> values, string format)
    {
        double error = values.Count > 1 ? SeedRange.Deviation(values) / Math.Sqrt(values.Count) : 0;
        return $"{values.Average().ToString(format, CultureInfo.InvariantCulture)} ± {error.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static string? Option(string[] arguments, string name) => Array.IndexOf(arguments, name) is >= 0 and int place && place + 1 < arguments.Length ? arguments[place + 1] : null;

    private static int Number(string[] arguments, string name, int fallback) => Option(arguments, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;

    private static void Print(FormattableString text)
    {
        Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        Console.Out.Flush();
    }
}
