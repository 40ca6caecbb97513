using System.CommandLine;
using System.Text.Json;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Control.Runs;
using Proximal.Models.Generation;
using Proximal.Recipes;
using Proximal.Runs;
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
            "proximal generate runs/digit-completion < prompts.txt");
        command.Arguments.Add(generate.input.Folder);
        command.Arguments.Add(generate.prompts);
        command.Options.Add(generate.input.Temperature);
        command.Options.Add(generate.input.TopP);
        command.Options.Add(generate.tokens);
        command.Options.Add(generate.samples);
        command.Options.Add(generate.input.Seed);
        command.Options.Add(generate.json);
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
