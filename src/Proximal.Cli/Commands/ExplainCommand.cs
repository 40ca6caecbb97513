using System.CommandLine;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Control.Recipes.Explanations;
using Proximal.Recipes;
using Proximal.Recipes.Explanations;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal explain</c>: a recipe in words and mathematics, before anything runs.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        RecipeInput input = new();
        ExampleCommand command = new(
            "explain",
            "Say what a recipe does before anything runs. Prints the arithmetic of a step, an estimate of the memory, and the objective in mathematics.",
            "proximal explain recipes/digit-completion.yaml",
            "proximal explain recipes/digit-completion.yaml --set policy.objective=dapo");
        input.AddTo(command);
        command.SetAction(line =>
        {
            if (input.IsControl(line))
            {
                terminal.Output.Write(SafeText.Lines(ControlExplanation.Describe(input.ReadControl(line))));
                return ExitCode.Success;
            }

            Recipe recipe = input.Read(line, ToolInput.ForReading());
            terminal.Output.Write(SafeText.Lines(RecipeExplanation.Describe(recipe, MemoryEstimate.Of(recipe))));
            return ExitCode.Success;
        });
        return command;
    }
}
