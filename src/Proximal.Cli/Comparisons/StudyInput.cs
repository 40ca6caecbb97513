using System.CommandLine;
using Proximal.Comparisons;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Cli.Comparisons;

/// <summary>The arguments and options by which a study is put together.</summary>
internal sealed class StudyInput
{
    private const int LongestName = 60;

    /// <summary>Where a component of a seam stands in a recipe; lists get the component alone.</summary>
    private static readonly (Seam Seam, string Key, bool IsList)[] Places =
    [
        (Seam.Objectives, "policy.objective", false),
        (Seam.Advantages, "policy.advantage", false),
        (Seam.Ratios, "policy.ratio", false),
        (Seam.Corrections, "policy.correction", false),
        (Seam.Clipping, "policy.clipping", false),
        (Seam.Aggregation, "policy.aggregation", false),
        (Seam.Shaping, "policy.shaping", true),
        (Seam.Regularizers, "policy.regularizers", true),
        (Seam.Selection, "policy.selection", true),
        (Seam.Optimizers, "policy.optimizer", false),
        (Seam.Schedules, "policy.schedule", false),
        (Seam.Algorithms, "algorithm", false),
    ];

    private readonly Argument<string[]> files = new("recipe")
    {
        HelpName = "RECIPE",
        Description = "Recipes that are compared, the first being the baseline; or one recipe with --vary; or one study, a YAML file that names recipes, variants and seeds.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> variants = new("--vary")
    {
        HelpName = "VARIANT",
        Description = "A variant of the recipe: a component that is swapped in, as gspo, or 'NAME: KEY=VALUE; KEY=VALUE'. May be given several times. The recipe as it is comes first and is the baseline.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> changes = new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "Changes a value of every recipe, as in --set policy.steps=20; may be given several times.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> seeds = new("--seeds") { HelpName = "SEEDS", Description = "Seeds that every variant is trained with, as 1-3 or 1,4,7; 1-3 by default." };
    private readonly Option<string?> metric = new("--metric") { HelpName = "NAME", Description = "The metric that decides, more being better: evaluation/exact by default, evaluation/return of control." };
    private readonly Option<string?> name = new("--name") { HelpName = "NAME", Description = "What the comparison is called; the recipe's or study's name by default." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(files);
        foreach (Option option in (IEnumerable<Option>)[variants, changes, seeds, metric, name])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The study that a command line asks for.</summary>
    /// <exception cref="RecipeException">The file of a study cannot be used.</exception>
    /// <exception cref="CommandFailure">The line cannot be.</exception>
    public Study Read(ParseResult line)
    {
        string[] paths = line.GetRequiredValue(files);
        string? study = paths.FirstOrDefault(StudyReader.IsStudy);
        Study read = study is null ? Combine(line, paths) : ReadStudy(line, paths, study);
        RecipeChange[] all = [.. (line.GetValue(changes) ?? []).Select(text => new RecipeChange(text))];
        read = read with
        {
            Name = line.GetValue(name) ?? read.Name,
            Metric = line.GetValue(metric) ?? read.Metric,
            Seeds = line.GetValue(seeds) is not { } text ? read.Seeds
                : SeedList.Parse(text) ?? throw new CommandFailure($"--seeds is '{text}', expected {SeedList.Expected}"),
            Variants = [.. read.Variants.Select(variant => variant with { Changes = [.. variant.Changes, .. all] })],
        };
        return read.FindFault() is { } fault ? throw new CommandFailure(fault) : read;
    }

    /// <summary>Whether the recipes are those of control.</summary>
    /// <exception cref="CommandFailure">Some are and some are not.</exception>
    public static bool IsControl(Study study)
    {
        string[] recipes = [.. study.Variants.Select(variant => variant.Recipe).Distinct()];
        string? control = recipes.FirstOrDefault(ControlRecipeReader.IsControlRecipe);
        string? other = recipes.FirstOrDefault(recipe => !ControlRecipeReader.IsControlRecipe(recipe));
        return control is null || other is null
            ? control is not null
            : throw new CommandFailure($"{control} is a recipe of control and {other} is not; expected recipes of one kind, whose results can be compared");
    }

    private Study ReadStudy(ParseResult line, string[] paths, string study) =>
        paths.Length > 1 ? throw new CommandFailure($"{study} is a study, expected it alone, without other recipes") :
        line.GetValue(variants) is { Length: > 0 } ? throw new CommandFailure($"{study} is a study and names its variants itself, expected no --vary") :
        StudyReader.ReadFile(study);

    private Study Combine(ParseResult line, string[] paths)
    {
        string[] varied = line.GetValue(variants) ?? [];
        string[] names = [.. paths.Select(path => NameOf(path, paths))];
        if (varied.Length == 0)
        {
            return new Study { Name = Shorten(string.Join("-vs-", names)), Variants = [.. paths.Zip(names, (path, own) => new StudyVariant(own, path))] };
        }

        if (paths.Length > 1)
        {
            throw new CommandFailure($"--vary is given for {paths.Length} recipes, expected one", "several recipes are compared as they are, without --vary");
        }

        bool isControl = ControlRecipeReader.IsControlRecipe(paths[0]);
        return new Study
        {
            Name = names[0],
            Variants = [new StudyVariant(names[0], paths[0]), .. varied.Select(text => Variant(text, paths[0], isControl)).Where(variant => variant.Changes.Count > 0 || variant.Name != names[0])],
        };
    }

    /// <summary>The name of a recipe's file; with that of its folder where another recipe has the same.</summary>
    private static string NameOf(string path, string[] all)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return all.Count(other => Path.GetFileNameWithoutExtension(other) == name) == 1
            ? name
            : $"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))}-{name}";
    }

    private static string Shorten(string name) => name.Length <= LongestName ? name : name[..LongestName].TrimEnd('-');

    private static StudyVariant Variant(string text, string recipe, bool isControl)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal), colon = text.IndexOf(':', StringComparison.Ordinal);
        if (equals < 0 && colon < 0)
        {
            string key = text.Trim();
            return new StudyVariant(key, recipe, key == Path.GetFileNameWithoutExtension(recipe) ? [] : [new RecipeChange(Swap(key, isControl), "--vary")]);
        }

        bool isNamed = colon >= 0 && (equals < 0 || colon < equals);
        RecipeChange[] changes =
        [
            .. (isNamed ? text[(colon + 1)..] : text).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(change => new RecipeChange(change, "--vary")),
        ];
        return changes.Length == 0
            ? throw new CommandFailure($"--vary is '{text}', expected 'NAME: KEY=VALUE; KEY=VALUE' or the key of a component")
            : new StudyVariant(isNamed ? text[..colon].Trim() : NameOf(changes), recipe, changes);
    }

    /// <summary>A name for changes without one: the last words of their keys with the values.</summary>
    private static string NameOf(RecipeChange[] changes)
    {
        IEnumerable<string> words = changes.Select(change => change.ToString().Split('=', 2)).Select(parts => string.Join('-', parts.Select((part, i) => i == 0 ? part.Split('.')[^1] : part)));
        return Shorten(string.Concat(string.Join('-', words).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).Trim('-', '.'));
    }

    private static string Swap(string key, bool isControl)
    {
        IRecipeComponents components = isControl ? ControlCatalog.CreateDefault() : Catalog.CreateDefault();
        foreach ((Seam seam, string place, bool isList) in Places)
        {
            if (components[seam]?.Find(key) is not null)
            {
                return isList ? $"{place}=[{key}]" : $"{place}={key}";
            }
        }

        IEnumerable<string> known = Places.SelectMany(place => components[place.Seam]?.Components ?? []).Select(component => component.Info.Key).Distinct();
        throw new CommandFailure(
            $"--vary is '{key}', expected the key of a component, or 'NAME: KEY=VALUE; KEY=VALUE'",
            EditDistance.Nearest(key, known) is { } nearest ? $"did you mean '{nearest}'?" : "`proximal methods` lists all components");
    }
}
