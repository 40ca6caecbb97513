using System.CommandLine;
using System.Text.Json;
using Proximal.Analysis.Rollouts;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Control.Runs;
using Proximal.Environments.Tools;
using Proximal.Models.Generation;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tensors.Files;
using Proximal.Tensors.Random;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal generate</c>: what a model writes after a prompt, as it comes.</summary>
internal sealed class GenerateCommand
{
    private const int DefaultTokens = 256;

    private readonly Terminal terminal;
    private readonly PolicyInput input = new();
    private readonly Argument<string[]> prompts = new("prompt")
    {
        HelpName = "PROMPT",
        Description = "What the model continues; lines of the standard input when none is given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int?> tokens = NumberOptions.Integer("--tokens", "N", "The most tokens to write; by default as many as the run allowed, or 256.", 1, 1_048_576);
    private readonly Option<int?> samples = NumberOptions.Integer("--samples", "N", "Continuations of each prompt; 1 by default.", 1, 65_536);
    private readonly Option<bool> episode = new("--episode") { Description = "Lets the environment of the run answer, such as tools that the model calls, and shows what it said." };
    private readonly Option<string?> svg = new("--svg") { HelpName = "FILE", Description = "With --episode: draws the token tree of the first prompt, with what is trained and what is masked." };
    private readonly ToolInput tools = new();
    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON object a line for each continuation." };

    private GenerateCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        GenerateCommand generate = new(terminal);
        ExampleCommand command = new(
            "generate",
            "Let a trained model continue prompts. The text appears as it is written.",
            "proximal generate runs/digit-completion 3,5:9,4",
            "proximal generate runs/digit-completion 3,5:9,4 --samples 8 --temperature 0.8",
            "proximal generate runs/digit-completion < prompts.txt",
            "proximal generate runs/tool-arithmetic '37+64+5=?' --episode");
        command.Arguments.Add(generate.input.Folder);
        command.Arguments.Add(generate.prompts);
        command.Options.Add(generate.input.Temperature);
        command.Options.Add(generate.input.TopP);
        command.Options.Add(generate.tokens);
        command.Options.Add(generate.samples);
        command.Options.Add(generate.input.Seed);
        command.Options.Add(generate.json);
        command.Options.Add(generate.episode);
        command.Options.Add(generate.svg);
        generate.tools.AddTo(command);
        command.SetAction(generate.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        if (new RunFolder(line.GetRequiredValue(input.Folder)).IsControlRun)
        {
            throw new CommandFailure($"{SafeText.OneLine(line.GetRequiredValue(input.Folder))} is a control run, which writes no text", "`proximal eval` plays episodes with it");
        }

        int count = line.GetValue(samples) ?? 1;
        ulong seed = (ulong)(line.GetValue(input.Seed) ?? 0);
        string[] given = line.GetValue(prompts) ?? [];
        using TrainedPolicy policy = TrainedPolicy.Load(line.GetRequiredValue(input.Folder));
        if (line.GetValue(episode))
        {
            using ToolCatalog catalog = tools.Read(line);
            return Play(line, policy, Catalog.CreateDefault(catalog), given, count, seed);
        }

        if (line.GetValue(svg) is not null)
        {
            throw new CommandFailure("--svg goes with --episode, which is not given");
        }

        using TextGenerator generator = policy.CreateTextGenerator(input.Sampling(line, count));
        int budget = line.GetValue(tokens) ?? BudgetOf(policy);
        if (given.Length == 0 && terminal.IsInputTerminal)
        {
            terminal.Error.WriteLine("Type a prompt a line; Ctrl-D ends.");
        }

        bool isNamed = given.Length != 1 || count > 1;
        int index = 0;
        foreach (string prompt in given.Length > 0 ? given : Lines())
        {
            for (int sample = 0; sample < count; sample++)
            {
                RandomStream random = new(seed, RandomPurpose.Sampling, 0, index, sample);
                if (line.GetValue(json))
                {
                    WriteJson(prompt, sample, generator.Generate(prompt, budget, random));
                }
                else
                {
                    Write(generator, prompt, budget, random, isNamed && sample == 0);
                }
            }

            index++;
        }

        return ExitCode.Success;
    }

    private int Play(ParseResult line, TrainedPolicy policy, Catalog catalog, string[] given, int count, ulong seed)
    {
        Recipe recipe = policy.Run is { } run
            ? new RunReader(run).ReadRecipe(catalog)
            : throw new CommandFailure($"{SafeText.OneLine(policy.Folder)} is a model, which has no environment", "--episode goes with a run");
        string[] starts = given.Length > 0 ? given : [.. Lines()];
        string? picture = line.GetValue(svg);
        foreach (RolloutBatch batch in policy.Play(recipe, starts, count, input.Sampling(line, count), seed, line.GetValue(tokens) ?? BudgetOf(policy)))
        {
            for (int i = 0; i < batch.Trajectories.Count; i++)
            {
                Action<Trajectory, int> write = line.GetValue(json) ? WriteJson : Write;
                write(batch.Trajectories[i], i % count);
            }

            if (picture is not null)
            {
                AtomicFile.WriteText(picture, TokenTreeSvg.Write(batch.Trees[0], policy.Tokenizer));
                picture = null;
            }
        }

        return ExitCode.Success;

        void Write(Trajectory trajectory, int sample)
        {
            terminal.Output.WriteLine(terminal.Paint($"> {SafeText.OneLine(trajectory.Instance.Prompt)}", Ink.Faint));
            foreach (TokenSegment segment in trajectory.Turns())
            {
                string text = terminal.IsOutputTerminal ? SafeText.Lines(policy.TextOf(segment)) : policy.TextOf(segment);
                terminal.Output.WriteLine(segment.Origin == SegmentOrigin.Environment ? terminal.Paint($"  {text}", Ink.Cyan) : text);
            }
        }

        void WriteJson(Trajectory trajectory, int sample) => JsonText.WriteLine(terminal.Output, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("prompt", trajectory.Instance.Prompt);
            writer.WriteNumber("sample", sample);
            writer.WriteStartArray("turns");
            foreach (TokenSegment segment in trajectory.Turns())
            {
                writer.WriteStartObject();
                writer.WriteString("origin", JsonNamingPolicy.KebabCaseLower.ConvertName(segment.Origin.ToString()));
                writer.WriteString("text", policy.TextOf(segment));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteNumber("tokens", trajectory.ResponseTokens);
            writer.WriteString("end", JsonNamingPolicy.KebabCaseLower.ConvertName(trajectory.End.ToString()));
            writer.WriteEndObject();
        });
    }

    /// <summary>The longest response of the run that trained the model.</summary>
    private static int BudgetOf(TrainedPolicy policy)
    {
        if (policy.Run is null)
        {
            return DefaultTokens;
        }

        Recipe recipe = new RunReader(policy.Run).ReadRecipe(Catalog.CreateDefault());
        return recipe.Policy?.ResponseTokens ?? DefaultTokens;
    }

    private IEnumerable<string> Lines()
    {
        while (terminal.Input.ReadLine() is { } prompt)
        {
            if (prompt.Length > 0)
            {
                yield return prompt;
            }
        }
    }

    private void Write(TextGenerator generator, string prompt, int budget, RandomStream random, bool showsPrompt)
    {
        if (showsPrompt)
        {
            terminal.Output.WriteLine(terminal.Paint($"> {SafeText.OneLine(prompt)}", Ink.Faint));
        }

        generator.Generate(prompt, budget, random, piece =>
        {
            terminal.Output.Write(terminal.IsOutputTerminal ? SafeText.Lines(piece) : piece);
            terminal.Output.Flush();
        });
        terminal.Output.WriteLine();
    }

    private void WriteJson(string prompt, int sample, GeneratedText text) => JsonText.WriteLine(terminal.Output, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("prompt", prompt);
        writer.WriteNumber("sample", sample);
        writer.WriteString("text", text.Text);
        writer.WriteNumber("tokens", text.Tokens);
        writer.WriteString("end", JsonNamingPolicy.KebabCaseLower.ConvertName(text.End.ToString()));
        writer.WriteEndObject();
    });
}
