using Proximal.Analysis.Health;
using Proximal.Control.Recipes;
using Proximal.Control.Recipes.Explanations;
using Proximal.Control.Runs;
using Proximal.Recipes;
using Proximal.Recipes.Explanations;
using Proximal.Recipes.Yaml;
using Proximal.Runs;
using Proximal.Studio.Metrics;

namespace Proximal.Studio.Library;

/// <summary>A run that the studio shows. Everything in its folder is untrusted. Safe for several threads.</summary>
internal sealed class StudioRun
{
    /// <summary>What lies in a run and is read.</summary>
    private static readonly string[] Parts = ["recipe.yaml", "metrics.jsonl", "samples.jsonl", "rollouts", "checkpoints", "events.jsonl", "controls"];

    private static readonly Catalog LanguageComponents = Catalog.CreateDefault();
    private static readonly ControlCatalog ControlComponents = ControlCatalog.CreateDefault();

    private readonly Lock gate = new();
    private (RunStamp Stamp, RunGlance Glance)? known;

    /// <summary>A run.</summary>
    /// <param name="id">Its name in addresses.</param>
    /// <param name="name">Its path within the folder of the studio.</param>
    /// <param name="folder">Where it lies.</param>
    public StudioRun(string id, string name, RunFolder folder)
    {
        Id = id;
        Name = name;
        Folder = folder;
        Metrics = new MetricTable(folder.Metrics);
        IsControl = folder.IsControlRun;
    }

    public string Id { get; }

    public string Name { get; }

    public RunFolder Folder { get; }

    /// <summary>Whether it trains a controller.</summary>
    public bool IsControl { get; }

    public MetricTable Metrics { get; }

    /// <summary>The run at a glance, read again where its files have changed. Damage is told in it.</summary>
    public RunGlance Glance()
    {
        RunStamp stamp = RunStamp.Of(this);
        lock (gate)
        {
            if (known is { } last && last.Stamp == stamp)
            {
                return last.Glance;
            }

            RunGlance glance = Read(stamp);
            known = (stamp, glance);
            return glance;
        }
    }

    /// <summary>The text of the recipe.</summary>
    /// <exception cref="InvalidDataException">It is a link out of the folder, or too long.</exception>
    public string RecipeText()
    {
        EnsureInside();
        return ReadBounded(Folder.Recipe, YamlTree.MaximumBytes);
    }

    /// <summary>The explanation of the recipe: what <c>proximal explain</c> prints.</summary>
    /// <exception cref="RecipeException">The recipe names components that are not known here.</exception>
    /// <exception cref="InvalidDataException">It is a link out of the folder.</exception>
    public string Explain()
    {
        EnsureInside();
        RunReader reader = new(Folder);
        return IsControl
            ? ControlExplanation.Describe(reader.ReadControlRecipe(ControlComponents))
            : RecipeExplanation.Describe(reader.ReadRecipe(LanguageComponents));
    }

    /// <summary>The mathematics of the recipe; null where it trains nothing.</summary>
    /// <exception cref="RecipeException">The recipe names components that are not known here.</exception>
    /// <exception cref="InvalidDataException">It is a link out of the folder.</exception>
    public ObjectiveFormula? Objective()
    {
        EnsureInside();
        RunReader reader = new(Folder);
        if (IsControl)
        {
            ComponentChoice algorithm = reader.ReadControlRecipe(ControlComponents).Algorithm;
            return new ObjectiveFormula("", [new ObjectiveSymbol("π_θ", "algorithm", algorithm.Definition.Info) { Choice = algorithm.ToString() }]);
        }

        Recipe recipe = reader.ReadRecipe(LanguageComponents);
        return recipe.Policy is null && recipe.Supervised is null ? null : ObjectiveFormula.Of(recipe);
    }

    /// <summary>What is wrong with the run; nothing of a control run.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or a link out of the folder.</exception>
    public IReadOnlyList<Finding> Examine()
    {
        EnsureInside();
        return IsControl ? [] : Doctor.Examine(new RunReader(Folder));
    }

    /// <summary>What was done to the run from outside.</summary>
    /// <exception cref="InvalidDataException">The events are damaged, or a link out of the folder.</exception>
    public IReadOnlyList<RunEvent> Events()
    {
        EnsureInside();
        return RunEventLog.Read(Folder.EventLog);
    }

    /// <summary>Sees that nothing that is read is a link that leads out of the run.</summary>
    /// <exception cref="InvalidDataException">A part is.</exception>
    public void EnsureInside()
    {
        foreach (string part in Parts)
        {
            string path = Path.Combine(Folder.Path, part);
            FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            if (info.LinkTarget is not null)
            {
                throw new InvalidDataException($"{Name}/{part}: is a link; expected a file of the run itself.");
            }
        }
    }

    private static string ReadBounded(string path, int most)
    {
        FileInfo file = new(path);
        return file.Length <= most
            ? File.ReadAllText(path)
            : throw new InvalidDataException($"{Path.GetFileName(path)}: has {file.Length} bytes, expected at most {most}.");
    }

    private RunGlance Read(RunStamp stamp)
    {
        FlatRecipe? recipe = null;
        try
        {
            recipe = FlatRecipe.Parse(RecipeText(), "recipe.yaml");
            RunGlance glance = IsControl ? ReadControl() : ReadLanguage();
            return glance with { Recipe = recipe, Updated = stamp.Updated, Seconds = glance.Seconds + stamp.SecondsSinceCheckpoint(glance.State), Fault = Metrics.Fault };
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or UnauthorizedAccessException or RecipeException or System.Text.Json.JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return new RunGlance { Recipe = recipe, Updated = stamp.Updated, Fault = damage.Message };
        }
    }

    private RunGlance ReadLanguage()
    {
        RunSummary summary = new RunReader(Folder).ReadSummary(LanguageComponents);
        return new RunGlance
        {
            State = summary.State,
            Stage = summary.Position.Stage,
            Step = summary.Position.Step,
            Steps = summary.Steps,
            Reward = summary.Reward,
            Exact = summary.Exact,
            HeldOut = summary.Evaluations is [.., { } last] ? last.Exact : double.NaN,
            Seconds = summary.Seconds,
            Language = summary,
        };
    }

    private RunGlance ReadControl()
    {
        ControlSummary summary = new RunReader(Folder).ReadControlSummary(ControlComponents);
        return new RunGlance
        {
            State = summary.State,
            Stage = TrainingStage.Policy,
            Step = summary.Step,
            Steps = summary.Steps,
            Reward = summary.Return,
            HeldOut = summary.Evaluations is [.., { } last] ? last.Mean : double.NaN,
            Seconds = summary.Seconds,
            Control = summary,
        };
    }
}
