using System.CommandLine;
using System.Globalization;
using Proximal.Analysis.Statistics;
using Proximal.Analysis.Trees;
using Proximal.Cli.Control;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Cli.Trees;
using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Evaluation;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal extract</c>: a decision tree of a trained policy.</summary>
internal sealed class ExtractCommand
{
    private const int ShownLevels = 4;

    private readonly Terminal terminal;
    private readonly Argument<string> run = new("run") { HelpName = "RUN", Description = "The folder of a control run with discrete actions." };
    private readonly Option<string> output = new("--out") { HelpName = "FILE", Description = "The tree to write, a .json file.", Required = true };
    private readonly Option<string[]> exports = VerifyCommand.CreateExports();
    private readonly Option<string?> past = new("--history")
    {
        HelpName = "FILE",
        Description = "Inputs that occurred, comma-separated below the names of the features; by default those that the policy meets.",
    };

    private readonly Option<int?> levels = VerifyCommand.CreateLevels();
    private readonly Option<int?> samples = NumberOptions.Integer("--samples", "N", "Inputs on which the policy is asked; 2,000 by default.", 1, 1_000_000);
    private readonly Option<double?> noise = NumberOptions.Number("--noise", "X", "Noise on inputs from the history, as a share of each feature's standard deviation; 0.01 by default.", 0, 100);
    private readonly Option<bool> uniform = new("--uniform") { Description = "Draws inputs uniformly between the extremes of the history instead of near it." };
    private readonly Option<int?> runs = NumberOptions.Integer("--runs", "N", "How often a sampling policy is asked for each input; the most frequent action is kept. 30 by default with --sample.", 1, 10_000);
    private readonly Option<bool> sample = new("--sample") { Description = "Draws actions from the policy instead of taking the most likely ones." };
    private readonly Option<int?> depth = NumberOptions.Integer("--depth", "N", "The most questions before a decision; 8 by default.", 0, DecisionTree.DeepestLevel);
    private readonly Option<int?> leaf = NumberOptions.Integer("--leaf", "N", "Samples that a leaf has at least; 1 by default.", 1, 1_000_000);
    private readonly Option<int?> episodes = NumberOptions.Integer("--episodes", "N", "Episodes for the history, and as many others to compare returns; 20 by default.", 1, 10_000);
    private readonly Option<int?> seed = NumberOptions.Integer("--seed", "N", "Seed of episodes, inputs and noise; 1 by default.", 0, int.MaxValue);
    private readonly Option<bool> json = new("--json") { Description = "Prints JSON for machines." };

    private ExtractCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        ExtractCommand extract = new(terminal);
        ExampleCommand command = new(
            "extract",
            "Extract a decision tree from a trained policy. The policy plays, is asked what it does near the states that occurred, and a tree is fitted to its answers; "
            + "`proximal verify` checks the tree.",
            "proximal extract runs/cartpole-ppo --out tree.json",
            "proximal extract runs/cartpole-ppo --depth 4 --out tree.json --export tree.svg",
            "proximal extract runs/hvac-ppo --samples 5000 --noise 0.05 --out tree.json");
        command.Arguments.Add(extract.run);
        foreach (Option option in (IEnumerable<Option>)
        [
            extract.output, extract.exports, extract.levels, extract.past, extract.samples, extract.noise, extract.uniform,
            extract.runs, extract.sample, extract.depth, extract.leaf, extract.episodes, extract.seed, extract.json,
        ])
        {
            command.Options.Add(option);
        }

        command.SetAction(extract.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        string path = line.GetRequiredValue(output);
        string[] others = line.GetValue(exports) ?? [];
        TreeFiles.Require("--out", path, ".json");
        Array.ForEach(others, other => TreeFiles.Require("--export", other));
        using ActingRun acting = ActingRun.Open(line.GetRequiredValue(run));
        IEnvironment environment = acting.Recipe.CreateEnvironment(evaluation: true);
        NamedSpaces.Require(environment.Specification);
        acting.RequireFit(environment);
        if (acting.Policy.StateWidth > 0)
        {
            throw new CommandFailure($"{SafeText.OneLine(acting.Folder.Path)} has a policy with memory, expected one that decides by the observation alone");
        }

        Extraction result = Extract(line, acting.Policy, environment, TrainingText.Place(acting.Folder.Path));
        TreeFiles.Write(result.Tree, path);
        Array.ForEach(others, other => TreeFiles.Write(result.Tree, other, line.GetValue(levels)));
        if (line.GetValue(json))
        {
            WriteJson(acting.Folder.Path, environment.Specification.Name, path, result);
        }
        else
        {
            WriteText(acting.Folder.Path, environment.Specification.Name, [path, .. others], result);
        }

        return ExitCode.Success;
    }

    private Extraction Extract(ParseResult line, Policy policy, IEnvironment environment, string name)
    {
        bool samples = line.GetValue(sample);
        ulong first = (ulong)(line.GetValue(seed) ?? 1);
        int count = line.GetValue(episodes) ?? 20;
        EnvironmentSpecification specification = environment.Specification;
        BoxSpace box = (BoxSpace)specification.Observations;
        TreeExtractionOptions options = new()
        {
            Samples = line.GetValue(this.samples) ?? 2000,
            Sampling = line.GetValue(uniform) ? InputSampling.Uniform : InputSampling.Historical,
            Noise = line.GetValue(noise) ?? 0.01,
            Runs = line.GetValue(runs) ?? (samples ? 30 : 1),
            Seed = first,
            Low = [.. box.Low.ToArray().Select(bound => (double)bound)],
            High = [.. box.High.ToArray().Select(bound => (double)bound)],
            Tree = new TreeLearnerOptions { MaximumDepth = line.GetValue(depth) ?? 8, MinimumLeaf = line.GetValue(leaf) ?? 1 },
        };

        // Seeds of the command have 31 bits; the higher ones keep history, held-out states and compared episodes apart.
        float[] history = line.GetValue(past) is { } file
            ? NumberTable.Read(file, NamedSpaces.Columns(specification))
            : TreePlay.Visited(Controllers.From(policy, !samples, first), environment, count, first);
        Teacher teacher = PolicyTeacher.Of(policy, !samples, first);
        DecisionTree extracted = TreeExtraction.Extract(teacher, history, NamedSpaces.Features(specification), NamedSpaces.Actions(specification), options);
        string sampling = options.Sampling == InputSampling.Uniform ? "uniform samples" : string.Create(CultureInfo.InvariantCulture, $"samples near the history, noise {options.Noise}");
        DecisionTree tree = new(extracted.Features, extracted.Actions, extracted.Nodes)
        {
            Origin = string.Create(CultureInfo.InvariantCulture, $"{name} on {specification.Name}: {options.Samples} {sampling}, {options.Runs} runs, seed {first}"),
        };
        float[] other = TreePlay.Visited(Controllers.From(policy, !samples, first | (1UL << 33)), environment, count, first | (1UL << 33));
        int[] labels = TeacherLabels.Mode(teacher, other, other.Length / box.Width, tree.Actions.Count, options.Runs);
        ulong compared = first | (1UL << 34);
        return new Extraction(
            tree,
            options,
            tree.Agreement(other, labels),
            PolicyEvaluator.Returns(Controllers.From(policy, !samples, compared), environment, count, compared),
            PolicyEvaluator.Returns(TreePlay.Controller(tree), environment, count, compared));
    }

    private void WriteText(string folder, string environment, string[] paths, Extraction result)
    {
        TextWriter output = terminal.Output;
        output.WriteLine(terminal.Paint($"{TrainingText.Place(folder)} on {environment} as a tree", Ink.Bold));
        string sampling = result.Options.Sampling == InputSampling.Uniform ? "uniform samples" : "samples near the history";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{result.Tree.LeafCount} leaves, at most {result.Tree.Depth} questions, from {Readable.Count(result.Options.Samples)} {sampling}"));
        output.WriteLine();
        TextTable table = new("", new TableColumn("policy", IsNumber: true), new TableColumn("tree", IsNumber: true));
        table.Add($"mean return of {result.PolicyReturns.Length} episodes", Readable.Number(result.PolicyReturns.Average()), Readable.Number(result.TreeReturns.Average()));
        table.Add("smallest return", Readable.Number(result.PolicyReturns.Min()), Readable.Number(result.TreeReturns.Min()));
        table.Add("same action in states that occur", "", Readable.Share(result.Agreement));
        table.Write(terminal);
        output.WriteLine();
        output.Write(SafeText.Lines(TreeText.Write(result.Tree, ShownLevels, Math.Min(terminal.Width, 80))));
        output.WriteLine();
        foreach (string path in paths)
        {
            output.WriteLine($"Wrote {SafeText.OneLine(path)}");
        }
    }

    private void WriteJson(string folder, string environment, string path, Extraction result) => JsonText.WriteIndented(terminal.Output, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("run", folder);
        writer.WriteString("environment", environment);
        writer.WriteString("tree", path);
        writer.WriteNumber("leaves", result.Tree.LeafCount);
        writer.WriteNumber("depth", result.Tree.Depth);
        writer.WriteNumber("samples", result.Options.Samples);
        writer.WriteNumber("noise", result.Options.Noise);
        writer.WriteNumber("runs", result.Options.Runs);
        writer.WriteFinite("agreement", result.Agreement);
        writer.WriteFinite("policy-return", result.PolicyReturns.Average());
        writer.WriteFinite("tree-return", result.TreeReturns.Average());
        writer.WriteFinite("policy-return-deviation", Moments.SampleStandardDeviation(result.PolicyReturns));
        writer.WriteFinite("tree-return-deviation", Moments.SampleStandardDeviation(result.TreeReturns));
        writer.WriteEndObject();
    });

    private sealed record Extraction(DecisionTree Tree, TreeExtractionOptions Options, double Agreement, double[] PolicyReturns, double[] TreeReturns);
}
