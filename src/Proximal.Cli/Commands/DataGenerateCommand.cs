using System.CommandLine;
using System.Globalization;
using Proximal.Cli.Control;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Environments.Navigation;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal data generate</c>: what trained policies and chance do in an environment.</summary>
internal sealed class DataGenerateCommand
{
    private const string Chance = "random";
    private const string Play = "play";
    private const int DefaultTransitions = 50_000;

    private readonly Terminal terminal;
    private readonly DatasetOutput output = new();
    private readonly Option<string?> environment = new("--environment") { HelpName = "NAME", Description = "The environment, with options as '{ name: pointmaze, layout: medium }'; that of the first run by default." };
    private readonly Option<string[]> policies = new("--policy")
    {
        HelpName = "RUN",
        Description = "Who acts: a control run, 'random', which is the default, or in point mazes 'play', which wanders between random cells. Given several times, each gives an equal share of the transitions.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<double?> noise = NumberOptions.Number("--noise", "P", "Probability of a random action instead of the policy's; 0 by default.", 0, 1);
    private readonly Option<bool> sample = new("--sample") { Description = "Draws actions from the policies instead of taking the most likely ones." };
    private readonly Option<int?> transitions = NumberOptions.Integer("--transitions", "N", "Transitions of the data set; 50,000 by default.", 1, 100_000_000);
    private readonly Option<int?> seed = NumberOptions.Integer("--seed", "N", "Seed of episodes and actions; 1 by default.", 0, int.MaxValue);

    private DataGenerateCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        DataGenerateCommand generate = new(terminal);
        ExampleCommand command = new(
            "generate",
            "Let trained policies or chance act and keep their transitions. The same seed gives the same file.",
            "proximal data generate --environment pendulum --out random.safetensors",
            "proximal data generate --policy random --policy runs/a --out b.safetensors",
            "proximal data generate --policy runs/a --noise 0.3 --out noisy.safetensors");
        foreach (Option option in (IEnumerable<Option>)[generate.environment, generate.policies, generate.noise, generate.sample, generate.transitions, generate.seed])
        {
            command.Options.Add(option);
        }

        generate.output.AddTo(command);
        command.SetAction(generate.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        string[] named = line.GetValue(policies) is { Length: > 0 } given ? given : [Chance];
        int count = line.GetValue(transitions) ?? DefaultTransitions;
        ulong first = (ulong)(line.GetValue(seed) ?? 1);
        if (count < named.Length)
        {
            throw new CommandFailure($"--transitions is {count}, expected at least one for each of the {named.Length} policies");
        }

        List<ActingRun> runs = [];
        try
        {
            foreach (string folder in named.Where(IsRun))
            {
                runs.Add(ActingRun.Open(folder));
            }

            IEnvironment world = CreateEnvironment(line, runs);
            runs.ForEach(run => run.RequireFit(world));
            using ActingRun? expert = output.OpenExpert(line, world);
            DatasetInformation information = new() { Environment = world.Specification.Name, Source = Source(line, named, runs), Seed = first };
            output.Write(line, terminal, Collect(line, world, named, runs, count, first), information, world, expert);
        }
        finally
        {
            runs.ForEach(run => run.Dispose());
        }

        return ExitCode.Success;
    }

    private IEnvironment CreateEnvironment(ParseResult line, List<ActingRun> runs)
    {
        if (line.GetValue(environment) is not { } name)
        {
            return runs.Count > 0
                ? runs[0].Recipe.CreateEnvironment(evaluation: true)
                : throw new CommandFailure("nothing says the environment", "--environment NAME or --policy RUN does; `proximal methods --seam environments` lists the names");
        }

        return EnvironmentInput.Create(name);
    }

    /// <summary>The policies one after the other, each with seeds of its own.</summary>
    private OfflineDataset Collect(ParseResult line, IEnvironment world, string[] named, List<ActingRun> runs, int count, ulong first)
    {
        DatasetBuilder builder = new(world.Specification.Observations, world.Specification.Actions);
        Queue<ActingRun> waiting = new(runs);
        for (int i = 0; i < named.Length; i++)
        {
            // Seeds of the command have 31 bits; the higher ones tell the policies apart.
            ulong own = first | ((ulong)i << 32);
            int share = (int)((long)count * (i + 1) / named.Length) - builder.Count;
            Controller controller = Controllers.Random(world.Specification, own);
            if (named[i] != Chance)
            {
                Controller policy = named[i] == Play ? Walk(world, own) : Controllers.From(waiting.Dequeue().Policy, deterministic: !line.GetValue(sample), own);
                controller = line.GetValue(noise) is > 0 and { } probability ? Controllers.Mixture(policy, controller, probability, own) : policy;
            }

            builder.Add(DatasetCollector.Collect(world, controller, share, named[i], own), 0, share);
            builder.EndTrajectory();
        }

        return builder.ToDataset();
    }

    private static bool IsRun(string name) => name is not (Chance or Play);

    private static Controller Walk(IEnvironment world, ulong seed) => world is PointMaze maze
        ? Controllers.Play(maze, seed)
        : throw new CommandFailure($"--policy is '{Play}', which walks through point mazes, not {world.Specification.Name}");

    private string Source(ParseResult line, string[] named, List<ActingRun> runs)
    {
        Queue<ActingRun> waiting = new(runs);
        string all = string.Join(" + ", named.Select(name => !IsRun(name) ? name : Path.GetFileName(waiting.Dequeue().Folder.Path)));
        return all
            + (line.GetValue(noise) is > 0 and { } probability ? string.Create(CultureInfo.InvariantCulture, $", noise {probability}") : "")
            + (line.GetValue(sample) ? ", sampled" : "");
    }
}
