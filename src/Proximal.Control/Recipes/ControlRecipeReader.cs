using Proximal.Control.Algorithms;
using Proximal.Control.Environments;
using Proximal.Recipes;

namespace Proximal.Control.Recipes;

/// <summary>Reads control recipes from YAML. A recipe is untrusted input: its size is bounded, and everything that is wrong with it is reported at once.</summary>
/// <param name="components">The components that recipes can name.</param>
public sealed class ControlRecipeReader(IRecipeComponents components)
{
    private const string EnvironmentKey = "environment";
    private const string AlgorithmKey = "algorithm";
    private const string TaskKey = "task";
    private const string DataKey = "data";
    private const string TasksKey = "tasks";

    /// <summary>Whether a file is a control recipe, by its keys: it names an algorithm, or an environment and no task: language models have environments for their tasks. What cannot be read is none.</summary>
    public static bool IsControlRecipe(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return IsControlRecipe(RecipeDocument.ReadFile(path, []));
        }
        catch (RecipeException)
        {
            return false;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its name without extension is the recipe's name where it gives none.</param>
    /// <param name="overrides">Changes of single values, as <c>algorithm.learning-rate=1e-3</c>, in this order.</param>
    /// <exception cref="RecipeException">The file or an override cannot be used; every fault is listed.</exception>
    public ControlRecipe ReadFile(string path, params IEnumerable<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(overrides);
        return Bind(RecipeDocument.ReadFile(path, overrides), RecipeDocument.NameOf(path));
    }

    /// <summary>Reads a file with changes of single values, in this order.</summary>
    internal ControlRecipe ReadChanged(string path, IReadOnlyList<RecipeChange> changes) => Bind(RecipeDocument.ReadChanged(path, changes), RecipeDocument.NameOf(path));

    /// <summary>Reads a text.</summary>
    /// <param name="yaml">The recipe.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="overrides">Changes of single values, as <c>algorithm.learning-rate=1e-3</c>, in this order.</param>
    /// <exception cref="RecipeException">The text or an override cannot be used; every fault is listed.</exception>
    public ControlRecipe Read(string yaml, string source = "recipe", params IEnumerable<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(overrides);
        return Bind(RecipeDocument.Read(yaml, source, overrides), null);
    }

    private static bool IsControlRecipe(RecipeDocument document) =>
        document.Has(AlgorithmKey) || (document.Has(EnvironmentKey) && !document.Has(TaskKey));

    private ControlRecipe Bind(RecipeDocument document, string? name)
    {
        ControlRecipe defaults = ControlRecipe.CreateUnset();
        return document.Bind(ControlSections.Root, components, name is null ? defaults : defaults with { Name = name }, recipe => Check(recipe, document));
    }

    /// <summary>What is wrong between the parts of a recipe.</summary>
    private static IEnumerable<RecipeFault> Check(ControlRecipe recipe, RecipeDocument document)
    {
        string key = recipe.Algorithm.Definition.Info.Key;
        Algorithm algorithm = recipe.Algorithm.Create<Algorithm>();
        (IEnvironment? environment, string? problem) = TryCreate(recipe);
        if (environment is null)
        {
            string part = recipe.Wrappers.Count == 0 ? EnvironmentKey : "wrappers";
            yield return new RecipeFault(document.PositionOf(part), part, $"'{part}': {problem}");
        }
        else if (algorithm.FindFault(environment.Specification) is { } fault)
        {
            yield return new RecipeFault(
                document.PositionOf(AlgorithmKey), AlgorithmKey, $"'{AlgorithmKey}' is '{key}', which {fault} as '{recipe.Environment.Definition.Info.Key}' has");
        }

        if (FindTaskFault(recipe, algorithm, environment, key) is { } taskFault)
        {
            yield return new RecipeFault(document.PositionOf(TasksKey), TasksKey, taskFault);
        }

        if (algorithm.IsOffline && recipe.Data.Length == 0)
        {
            yield return new RecipeFault(document.PositionOf(DataKey), DataKey, $"'{DataKey}' is missing, expected a data set, from which '{key}' learns");
        }
        else if (!algorithm.IsOffline && recipe.Data.Length > 0)
        {
            yield return new RecipeFault(
                document.PositionOf(DataKey), DataKey, $"'{DataKey}' is '{recipe.Data}', but '{key}' learns from its environment, expected none");
        }
    }

    private static string? FindTaskFault(ControlRecipe recipe, Algorithm algorithm, IEnvironment? environment, string key)
    {
        if (algorithm.NeedsTasks != recipe.Tasks.Count > 0)
        {
            return algorithm.NeedsTasks
                ? $"'{TasksKey}' is missing, expected environments over which '{key}' learns"
                : $"'{TasksKey}' has {recipe.Tasks.Count}, but '{key}' learns in one environment, expected none";
        }

        foreach (ComponentChoice choice in recipe.Tasks)
        {
            (IEnvironment? task, string? problem) = TryCreate(recipe with { Environment = choice });
            if (task is null)
            {
                return $"'{TasksKey}': {problem}";
            }

            string spaces = Spaces(task), expected = environment is null ? spaces : Spaces(environment);
            if (spaces != expected)
            {
                return $"'{TasksKey}': '{choice.Definition.Info.Key}' has {spaces}, expected {expected} as '{recipe.Environment.Definition.Info.Key}' has";
            }
        }

        return null;
    }

    private static string Spaces(IEnvironment environment) => $"{environment.Specification.Observations} -> {environment.Specification.Actions}";

    private static (IEnvironment? Environment, string? Problem) TryCreate(ControlRecipe recipe)
    {
        try
        {
            return (recipe.CreateEnvironment(), null);
        }
        catch (ArgumentException exception)
        {
            string text = exception.Message.ReplaceLineEndings(" ");
            return (null, exception.ParamName is { } name ? text.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : text);
        }
    }
}
