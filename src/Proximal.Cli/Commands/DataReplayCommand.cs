using System.CommandLine;
using Proximal.Cli.Control;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Control.Algorithms;
using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Recipes;
using Proximal.Tensors;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal data replay</c>: what a learner sees while it learns.</summary>
internal sealed class DataReplayCommand
{
    private readonly Terminal terminal;
    private readonly DatasetOutput output = new();
    private readonly RecipeInput input = new();

    private DataReplayCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        DataReplayCommand replay = new(terminal);
        ExampleCommand command = new(
            "replay",
            "Train by a control recipe and keep every transition that the learner saw, from its first steps to its last. The same recipe and seed give the same file.",
            "proximal data replay pendulum-sac.yaml --set steps=10000 --out a.safetensors");
        replay.input.AddTo(command);
        replay.output.AddTo(command);
        command.SetAction(replay.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        ControlRecipe recipe = input.ReadControl(line);
        Algorithm algorithm = recipe.Algorithm.Create<Algorithm>();
        if (algorithm.IsOffline)
        {
            throw new CommandFailure($"'{recipe.Algorithm.Definition.Info.Key}' learns from a data set and sees no environment, expected an algorithm that acts");
        }

        if (recipe.Wrappers.FirstOrDefault(choice => choice.Create<Wrapper>().ChangesRewards) is { } wrapper)
        {
            throw new CommandFailure($"the wrapper '{wrapper.Definition.Info.Key}' changes rewards, expected those of the environment", "--set wrappers=[] leaves all wrappers out");
        }

        IEnvironment environment = recipe.CreateEnvironment();
        using ActingRun? expert = output.OpenExpert(line, environment);
        TransitionRecorder recorder = new(environment, "replay", (ulong)recipe.Seed);
        using (Workers workers = new(recipe.Workers == 0 ? Environment.ProcessorCount : recipe.Workers))
        using (Learner learner = algorithm.Create(new LearningTask(recorder, (ulong)recipe.Seed, workers)))
        {
            learner.LearnUntil(recipe.Steps);
        }

        OfflineDataset dataset = recorder.ToDataset();
        DatasetInformation information = dataset.Information with { Source = $"replay of {recipe.Algorithm.Definition.Info.Key}" };
        output.Write(line, terminal, dataset, information, environment, expert);
        return ExitCode.Success;
    }
}
