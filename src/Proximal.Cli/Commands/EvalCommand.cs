using System.CommandLine;
using System.Globalization;
using Proximal.Analysis.Evaluation;
using Proximal.Cli.Control;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Runs;
using Proximal.Environments.Tools;
using Proximal.Models.Generation;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tasks;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal eval</c>: how good a model is at a task, with confidence intervals.</summary>
internal sealed class EvalCommand
{
    private static readonly int[] DefaultK = [1, 4, 16];

    private readonly Terminal terminal;
    private readonly PolicyInput input = new();
    private readonly ToolInput tools = new();
    private readonly Option<string?> task = new("--task") { HelpName = "NAME", Description = "The task; that of the run by default. `proximal methods --seam tasks` lists them." };
    private readonly Option<string?> recipe = new("--recipe") { HelpName = "RECIPE", Description = "A recipe that names the task, the terms of the reward and the length of responses." };
    private readonly Option<string[]> changes = RecipeInput.CreateChanges();
    private readonly Option<int?> prompts = NumberOptions.Integer("--prompts", "N", "Held-out problems; by default as many as the recipe says.", 1, 1_000_000);
    private readonly Option<int?> samples = NumberOptions.Integer("--samples", "N", "Responses to each problem; by default the largest k.", 1, 65_536);
    private readonly Option<int[]?> k = NumberOptions.IntegerList("--k", "K,K,...", "The k of pass@k (is one of k responses right?) and maj@k (is the most frequent of k answers right?); 1,4,16 by default.", 1, 65_536);
    private readonly Option<int?> episodes = NumberOptions.Integer("--episodes", "N", "Episodes of a control run; by default as many as its recipe says.", 1, 10_000);
    private readonly Option<string?> record = new("--record") { HelpName = "FILE", Description = "Writes the first episode of a control run as an animated picture, .gif or .svg." };
    private readonly Option<bool> json = new("--json") { Description = "Prints JSON for machines." };

    private EvalCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        EvalCommand eval = new(terminal);
        ExampleCommand command = new(
            "eval",
            "Measure a model on held-out problems of a task: pass@1, pass@k and maj@k, reward, length and truncation, each with a 95% confidence interval. "
            + "Of a control run: the returns of episodes that it did not learn from.",
            "proximal eval runs/digit-completion",
            "proximal eval runs/digit-completion --samples 32 --k 1,8,32 --temperature 0.7",
            "proximal eval runs/cartpole-ppo --episodes 100 --record cartpole.gif",
            "proximal eval path/to/model --task countdown --set task.difficulty=2");
        command.Arguments.Add(eval.input.Folder);
        foreach (Option option in (IEnumerable<Option>)
            [eval.task, eval.recipe, eval.changes, eval.prompts, eval.samples, eval.k, eval.input.Temperature, eval.input.TopP, eval.input.Seed, eval.episodes, eval.record, eval.json])
        {
            command.Options.Add(option);
        }

        eval.tools.AddTo(command);
        command.SetAction(eval.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        RunFolder run = new(line.GetRequiredValue(input.Folder));
        if (run.IsControlRun)
        {
            Refuse(line, "a control run", task, recipe, prompts, samples, k, input.Temperature, input.TopP);
            RequirePicture(line.GetValue(record));
            new ControlMeasurement(run, line.GetValue(changes) ?? []).Run(terminal, line.GetValue(episodes), line.GetValue(input.Seed), line.GetValue(record), line.GetValue(json));
            return ExitCode.Success;
        }

        Refuse(line, "a language model", episodes, record);
        return Measure(line);
    }

    private static void Refuse(ParseResult line, string kind, params Option[] options)
    {
        if (options.FirstOrDefault(option => line.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new CommandFailure($"{given.Name} does not go with {kind}", "`proximal eval --help` tells which options do");
        }
    }

    /// <summary>Before anything is measured: a mistyped name should not cost the time of the episodes.</summary>
    private static void RequirePicture(string? path)
    {
        if (path is not null && Path.GetExtension(path) is not (".gif" or ".svg"))
        {
            throw new CommandFailure($"--record is '{path}', expected a file that ends in .gif or .svg");
        }
    }

    private int Measure(ParseResult line)
    {
        (int count, int[] chosen) = SamplesAndK(line);
        using TrainedPolicy policy = TrainedPolicy.Load(line.GetRequiredValue(input.Folder));
        using ToolCatalog catalog = tools.Read(line);
        Recipe measured = RecipeOf(line, policy, Catalog.CreateDefault(catalog));
        SamplingOptions sampling = input.Sampling(line, count);
        int seed = line.GetValue(input.Seed) ?? measured.Seed;
        int problems = line.GetValue(prompts) ?? measured.Evaluation.Prompts;

        EvaluationReport report = EvaluationReport.Compute(
            Sample(policy, measured, problems, count, sampling, (ulong)seed),
            new EvaluationOptions { PassK = chosen, MajorityK = [.. chosen.Where(one => one > 1)], Seed = (ulong)seed });
        if (line.GetValue(json))
        {
            WriteJson(policy, measured, sampling, count, seed, report);
        }
        else
        {
            terminal.Output.WriteLine(terminal.Paint($"{TrainingText.Place(policy.Folder)} on {measured.Task}", Ink.Bold));
            terminal.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Readable.Count(report.Problems)} held-out problems, {count} {(count == 1 ? "response" : "responses")} each, temperature {sampling.Temperature}, seed {seed}"));
            terminal.Output.WriteLine();
            terminal.Output.Write(report.ToText());
        }

        return ExitCode.Success;
    }

    private (int Samples, int[] K) SamplesAndK(ParseResult line)
    {
        int[]? given = line.GetValue(k) is { Length: > 0 } list ? list : null;
        int count = line.GetValue(samples) ?? (given ?? DefaultK).Max();
        int[] chosen = given ?? [.. DefaultK.Where(one => one <= count)];
        return chosen.Max() <= count
            ? (count, chosen)
            : throw new CommandFailure($"--k asks for {chosen.Max()} responses, but --samples is {count}", $"expected --samples {chosen.Max()} or more");
    }

    private Recipe RecipeOf(ParseResult line, TrainedPolicy policy, Catalog catalog)
    {
        RecipeReader reader = new(catalog);
        string[] set = line.GetValue(changes) ?? [];
        if (line.GetValue(recipe) is { } path)
        {
            return line.GetValue(task) is null
                ? reader.ReadFile(path, set)
                : throw new CommandFailure("--task and --recipe are given both, expected one of them", "--recipe R --set task=NAME measures another task by the recipe R");
        }

        if (line.GetValue(task) is { } name)
        {
            string[] names = [.. catalog.Tasks.Components.Select(component => component.Info.Key)];
            return names.Contains(name)
                ? reader.Read($"task: {name}", $"--task {name}", set)
                : throw new CommandFailure(
                    $"--task is '{name}', expected one of {string.Join(", ", names)}", EditDistance.Nearest(name, names) is { } nearest ? $"did you mean '{nearest}'?" : null);
        }

        return policy.Run is { } run
            ? reader.ReadFile(run.Recipe, set)
            : throw new CommandFailure($"{SafeText.OneLine(policy.Folder)} is a model, which does not say its task", "--task NAME or --recipe RECIPE names it");
    }

    private List<ProblemOutcome> Sample(TrainedPolicy policy, Recipe measured, int problems, int count, SamplingOptions sampling, ulong seed)
    {
        List<ProblemOutcome> outcomes = [];
        LiveBlock? progress = terminal.IsErrorTerminal ? new LiveBlock(terminal.Error) : null;
        progress?.Draw("sampling ...");
        foreach (RolloutBatch batch in policy.Sample(measured.CreateTask(), measured, problems, count, sampling, seed))
        {
            outcomes.AddRange(batch.Trajectories.Chunk(count).Select(Outcome));
            progress?.Draw($"sampling ... {Readable.Count(outcomes.Count)} problems");
        }

        progress?.Draw();
        return outcomes;
    }

    private static ProblemOutcome Outcome(Trajectory[] responses) => new(
        [.. responses.Select(response => new SampleOutcome(
            response.Verdict.Correct,
            response.Verdict.NormalizedAnswer.Length > 0 ? response.Verdict.NormalizedAnswer : null,
            response.ResponseTokens,
            response.End == EndReason.Truncated,
            response.TotalReward))],
        responses[0].Instance.Answer);

    private void WriteJson(TrainedPolicy policy, Recipe measured, SamplingOptions sampling, int count, int seed, EvaluationReport report) =>
        JsonText.WriteIndented(terminal.Output, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("model", policy.Folder);
            writer.WriteString("task", measured.Task.Definition.Info.Key);
            writer.WriteNumber("samples", count);
            writer.WriteNumber("temperature", sampling.Temperature);
            writer.WriteNumber("top-p", sampling.TopP);
            writer.WriteNumber("seed", seed);
            writer.WritePropertyName("report");
            report.WriteJson(writer);
            writer.WriteEndObject();
        });
}
