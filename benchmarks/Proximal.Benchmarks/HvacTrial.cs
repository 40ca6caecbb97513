using System.Diagnostics;
using Proximal.Analysis.Trees;
using Proximal.Analysis.Verification;
using Proximal.Control.Algorithms;
using Proximal.Control.Buildings;
using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Environments.Buildings;
using Proximal.Control.Evaluation;
using Proximal.Control.Learning;
using Proximal.Control.Recipes;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Benchmarks;

/// <summary>
/// Veri-HVAC with one seed: history, thermal model, random shooting, trees from samples near the history and from uniform ones, verification, correction, certificate, PPO and the
/// rule thermostat, all on the same episodes.
/// </summary>
internal sealed class HvacTrial : IDisposable
{
    public const int HistoryDays = 30;
    public const double Noise = 0.05;
    public const int TreeDepth = 10;
    public const int MinimumLeaf = 3;
    private const int Episodes = 4;
    private const int CertificateSamples = 1000;

    private static readonly EnvironmentSpecification Specification = new HvacZone().Specification;

    private readonly ulong seed;
    private readonly HvacZone zone = new();
    private readonly float[] history;
    private readonly ThermalModel model;
    private readonly ShootingOptions shooting;
    private readonly int runs;

    public HvacTrial(int seed, int horizon, int sequences, int runs)
    {
        (this.seed, this.runs) = ((ulong)seed, runs);
        shooting = new ShootingOptions { Horizon = horizon, Sequences = sequences };
        Controller behaviour = Controllers.Mixture(RuleThermostat.ToController(ComfortZone.Winter), Controllers.Random(Specification, this.seed), 0.5, this.seed + 1);
        ThermalSeries series = ThermalSeries.Collect(zone, behaviour, HistoryDays * SyntheticWeather.StepsPerDay, this.seed);
        (int[] training, int[] heldOut) = TimeBlocks.Split(series.Count, block: 96);
        model = ThermalModel.Fit(series.Rows, series.Next, training, new() { Hidden = [32, 32], Epochs = 40, Batch = 64, LearningRate = 3e-3, Seed = this.seed });
        ModelError = model.RootMeanSquaredError(series.Rows, series.Next, heldOut);
        PersistenceError = ThermalModel.PersistenceError(series.Rows, series.Next, heldOut);
        history = new float[series.Count * Specification.Observations.Width];
        for (int row = 0; row < series.Count; row++)
        {
            Span<float> observation = history.AsSpan(row * Specification.Observations.Width, Specification.Observations.Width);
            series.Rows.Slice(row * ThermalSeries.BaseWidth, observation.Length - 1).CopyTo(observation);
            observation[^1] = row % SyntheticWeather.StepsPerDay / 4f;
        }
    }

    public static ActionSet Actions { get; } = new(Setpoints.Names, [.. Setpoints.Numbers.Select(numbers => new ActionQuantity(numbers.Name, numbers.Values))]);

    public static IReadOnlyList<string> Features => Specification.ObservationNames;

    public double ModelError { get; }

    public double PersistenceError { get; }

    /// <summary>Share of held-out inputs on which two sets of runs of the teacher have the same mode, as action and as heating setpoint: a tree can hardly agree with it more often.</summary>
    public (double Action, double Heating) Ceiling { get; private set; }

    /// <summary>Agreement with the teacher on held-out inputs near the history, as action and as heating setpoint, and mean distance of the heating setpoints in K, by number of samples.</summary>
    public Dictionary<(InputSampling Sampling, int Samples), (double Action, double Heating, double Distance)> Accuracy { get; } = [];

    public DecisionTree Tree { get; private set; } = null!;

    public VerificationReport Before { get; private set; } = null!;

    public TreeCorrection Correction { get; private set; } = null!;

    public TreeCorrection Division { get; private set; } = null!;

    public VerificationReport After { get; private set; } = null!;

    public Certificate Certificate { get; private set; } = null!;

    public List<(string Name, double Energy, double Minutes, double DegreeHours, double Return, double Microseconds)> Rows { get; } = [];

    public double LabelSeconds { get; private set; }

    public void Extract(int[] sizes, int heldOut, string rules)
    {
        TreeExtractionOptions options = new() { Samples = sizes[^1], Noise = Noise, Runs = runs, Seed = seed, Tree = new() { MaximumDepth = TreeDepth, MinimumLeaf = MinimumLeaf } };
        float[] test = SampleOccupied(history, options with { Seed = seed + 1000 }, heldOut);
        int[] truth = Label(test, 0), again = Label(test, runs);
        (double Action, double Heating, double Distance) self = Compare(again, truth);
        Ceiling = (self.Action, self.Heating);
        long start = Stopwatch.GetTimestamp();
        foreach (InputSampling sampling in (InputSampling[])[InputSampling.Uniform, InputSampling.Historical])
        {
            float[] inputs = Sample(history, options with { Sampling = sampling });
            int[] labels = Label(inputs, 2 * runs);
            foreach (int size in sizes)
            {
                Tree = TreeLearner.Fit(inputs.AsSpan(0, size * Features.Count), labels.AsSpan(0, size), Features, Actions, options.Tree);
                int[] chosen = new int[heldOut];
                Tree.Choose(test, chosen);
                Accuracy[(sampling, size)] = Compare(chosen, truth);
            }
        }

        LabelSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        RuleSet set = RuleSetReader.ReadFile(rules, Features, Actions);
        Before = TreeVerifier.Verify(Tree, set);
        Correction = TreeVerifier.Correct(Tree, set);
        Division = TreeVerifier.Correct(Tree, set, divide: true);
        After = TreeVerifier.Verify(Division.Tree, set);
        Certificate = Certify(Division.Tree);
    }

    public void Compare(Learner learner)
    {
        Measure("random shooting, 20 steps, 1000 sequences", new ShootingController(model).ToController(seed));
        Measure($"random shooting, {shooting.Horizon} steps, {shooting.Sequences} sequences (teacher)", new ShootingController(model, shooting).ToController(seed));
        Measure("tree, unverified", TreeController(Tree));
        Measure("tree, verified, leaves corrected", TreeController(Correction.Tree));
        Measure("tree, verified, leaves divided", TreeController(Division.Tree));
        Measure("PPO", Controllers.From(learner.Policy));
        Measure("rule thermostat", RuleThermostat.ToController(ComfortZone.Winter));
    }

    public static Controller TreeController(DecisionTree tree) => (batch, actions) =>
    {
        int width = tree.Features.Count;
        for (int copy = 0; copy < batch.Count; copy++)
        {
            actions[copy] = tree.Choose(batch.Observations.Slice(copy * width, width));
        }
    };

    public static Learner TrainPpo(string recipe, int seed, Workers workers)
    {
        ControlRecipe read = ControlRecipe.Load(recipe);
        Learner learner = read.Algorithm.Create<Algorithm>().Create(read.CreateTask((ulong)seed, workers));
        learner.Learn(read.Steps);
        return learner;
    }

    /// <summary>A day of one controller: hour, temperature of the zone, outdoor temperature and both setpoints [96].</summary>
    public List<(double Hour, double Zone, double Outdoor, double Heating, double Cooling)> Day(Controller controller)
    {
        List<(double, double, double, double, double)> day = [];
        using VectorEnvironment copies = zone.CreateVector(1);
        StepBatch batch = copies.CreateBatch();
        float[] action = new float[1];
        copies.Reset(77, batch);
        for (int step = 0; step < 2 * SyntheticWeather.StepsPerDay; step++)
        {
            controller(batch, action);
            if (step >= SyntheticWeather.StepsPerDay)
            {
                day.Add((batch.Observations[6], batch.Observations[5], batch.Observations[0], Setpoints.Heating((int)action[0]), Setpoints.Cooling((int)action[0])));
            }

            copies.Step(action, batch);
        }

        return day;
    }

    public void Dispose() => model.Dispose();

    private static float[] Sample(float[] history, TreeExtractionOptions options)
    {
        Control.Spaces.BoxSpace box = (Control.Spaces.BoxSpace)Specification.Observations;
        return TreeExtraction.SampleInputs(history, Features.Count, options with { Low = [.. box.Low.ToArray().Select(bound => (double)bound)], High = [.. box.High.ToArray().Select(bound => (double)bound)] });
    }

    /// <summary>Held-out inputs of occupied hours, where the policy decides and no rule.</summary>
    private static float[] SampleOccupied(float[] history, TreeExtractionOptions options, int count)
    {
        float[] all = Sample(history, options with { Samples = 6 * count });
        return [.. all.Chunk(Features.Count).Where(row => row[4] > 0 && OccupancySchedule.Default.IsOccupied(row[6])).Take(count).SelectMany(row => row)];
    }

    private int[] Label(float[] inputs, int firstRun)
    {
        ShootingController teacher = new(model, shooting);
        return TeacherLabels.Mode(
            (rows, run, actions) =>
            {
                for (int row = 0; row < actions.Length; row++)
                {
                    actions[row] = teacher.Choose(rows.Slice(row * Features.Count, Features.Count), new RandomStream(seed, RandomPurpose.Teacher, firstRun + run, row));
                }
            },
            inputs,
            inputs.Length / Features.Count,
            Setpoints.Count,
            runs);
    }

    private Certificate Certify(DecisionTree tree)
    {
        // The inputs of the paper: occupied, comfortable now, near the history.
        float[] inputs = [.. Sample(history, new() { Samples = 20 * CertificateSamples, Noise = Noise, Seed = seed + 2000 }).Chunk(Features.Count)
            .Where(row => row[4] > 0 && ComfortZone.Winter.Violation(row[5]) == 0).Take(CertificateSamples).SelectMany(row => row)];
        int count = inputs.Length / Features.Count;
        float[] rows = new float[count * ThermalSeries.BaseWidth], next = new float[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> input = inputs.AsSpan(i * Features.Count, Features.Count);
            int action = tree.Choose(input);
            Span<float> row = rows.AsSpan(i * ThermalSeries.BaseWidth, ThermalSeries.BaseWidth);
            input[..^1].CopyTo(row);
            (row[^2], row[^1]) = (Setpoints.Heating(action), Setpoints.Cooling(action));
        }

        model.Predict(rows, next);
        return new Certificate(next.Count(temperature => temperature > ComfortZone.Winter.Low && temperature < ComfortZone.Winter.High), count);
    }

    private static (double Action, double Heating, double Distance) Compare(int[] chosen, int[] truth) => (
        chosen.Zip(truth).Average(pair => pair.First == pair.Second ? 1.0 : 0),
        chosen.Zip(truth).Average(pair => Setpoints.Heating(pair.First) == Setpoints.Heating(pair.Second) ? 1.0 : 0),
        chosen.Zip(truth).Average(pair => Math.Abs((double)Setpoints.Heating(pair.First) - Setpoints.Heating(pair.Second))));

    private void Measure(string name, Controller controller)
    {
        double[] sums = new double[3];
        long ticks = 0, decisions = 0;
        Controller timed = (batch, actions) =>
        {
            long start = Stopwatch.GetTimestamp();
            controller(batch, actions);
            ticks += Stopwatch.GetTimestamp() - start;
            decisions += batch.Count;
        };
        double[] returns = PolicyEvaluator.Returns(timed, zone, Episodes, 500 + seed, (_, _, metrics) =>
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += metrics[i] / Episodes;
            }
        });
        Rows.Add((name, sums[0], sums[1], sums[2], returns.Average(), 1e6 * ticks / Stopwatch.Frequency / decisions));
    }
}
