using System.Globalization;
using System.Text;
using Proximal.Control.Algorithms;
using Proximal.Control.Environments;
using Proximal.Recipes;
using Proximal.Recipes.Explanations;

namespace Proximal.Control.Recipes.Explanations;

/// <summary>A control recipe in words before anything runs: the environment, the arithmetic of an iteration, and the objective in mathematics.</summary>
public static class ControlExplanation
{
    /// <summary>Describes the recipe in lines of at most 80 characters.</summary>
    public static string Describe(ControlRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ComponentInfo environment = recipe.Environment.Definition.Info, method = recipe.Algorithm.Definition.Info;
        Algorithm algorithm = recipe.Algorithm.Create<Algorithm>();
        StringBuilder text = new();
        text.Append(TextLayout.Wrap($"{recipe.Name}: {environment.Key}, {environment.Summary}"));
        text.Append(TextLayout.Wrap(Describe(recipe.CreateEnvironment().Specification)));
        foreach (ComponentChoice wrapper in recipe.Wrappers)
        {
            text.Append(TextLayout.Wrap($"Wrapper: {wrapper}. {wrapper.Definition.Info.Summary}"));
        }

        foreach (ComponentChoice task in recipe.Tasks)
        {
            text.Append(TextLayout.Wrap($"Task: {task}."));
        }

        text.Append(CultureInfo.InvariantCulture, $"\nLearning: {method.Key}\n\n");
        text.Append(TextLayout.Wrap(algorithm.Arithmetic(recipe.Steps)));
        text.Append(TextLayout.Wrap(DescribeEvaluation(recipe, algorithm)));
        text.Append("\nObjective\n\n");
        text.Append(TextLayout.Wrap(recipe.Algorithm.ToString(), indent: 2, hanging: 6));
        foreach (string line in (string[])[method.Formula, method.Reference.Length > 0 ? $"[{method.Reference}]" : ""])
        {
            text.Append(line.Length > 0 ? TextLayout.Wrap(line, indent: 8, hanging: 2) : "");
        }

        return text.ToString();
    }

    private static string Describe(EnvironmentSpecification specification)
    {
        string limit = specification.MaximumSteps == 0 ? "Episodes have no limit" : $"An episode has at most {Count(specification.MaximumSteps, "step")}";
        string solved = specification.RewardThreshold is { } threshold
            ? string.Create(CultureInfo.InvariantCulture, $"; a mean return of {threshold} counts as solved")
            : "";
        return $"Observations are {specification.Observations}, actions {specification.Actions}. {limit}{solved}.";
    }

    private static string DescribeEvaluation(ControlRecipe recipe, Algorithm algorithm)
    {
        string what = algorithm.IsOffline ? "update" : "step";
        string between = recipe.Evaluation.Every == 0 ? "" : $", every {Count(recipe.Evaluation.Every, what)}";
        string actions = recipe.Evaluation.Deterministic ? "the most likely actions" : "sampled actions";
        return $"{Count(recipe.Evaluation.Episodes, "episode")} with {actions} measure the policy before{between} and after.";
    }

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}{(number == 1 ? "" : "s")}");
}
