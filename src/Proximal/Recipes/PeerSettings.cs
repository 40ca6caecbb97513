using Proximal.Rollouts;
using Proximal.Rollouts.Sharing;
using Proximal.Runs;

namespace Proximal.Recipes;

/// <summary>Models that train side by side with that of the recipe and share rollouts with it.</summary>
public sealed record PeerSettings
{
    /// <summary>The most models beside that of the recipe.</summary>
    public const int MaximumModels = 16;

    /// <summary>How they divide the rollouts of a step.</summary>
    public RolloutSharing Sharing { get; init; } = RolloutSharing.Vertical;

    /// <summary>The models beside that of the recipe.</summary>
    public IReadOnlyList<PeerModel> Models { get; init; } = [];

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<PeerSettings> Schema { get; } = new OptionSchema<PeerSettings>(() => new PeerSettings())
        .Choice(
            "sharing",
            p => p.Sharing,
            (p, v) => p with { Sharing = v },
            "How the models divide a step: whole prompts each (vertical), some completions of every prompt each (horizontal), or nothing is shared (none).",
            ("vertical", RolloutSharing.Vertical),
            ("horizontal", RolloutSharing.Horizontal),
            ("none", RolloutSharing.None));

    /// <inheritdoc/>
    public bool Equals(PeerSettings? other) => other is not null && Sharing == other.Sharing && Models.SequenceEqual(other.Models);

    /// <inheritdoc/>
    public override int GetHashCode() => Models.Aggregate((int)Sharing, HashCode.Combine);

    /// <summary>What is wrong with the models beside those of a recipe: index of the model, or -1, the key below it, and a sentence that begins with its value.</summary>
    internal IEnumerable<(int Model, string Key, string Fault)> FindFaults(Recipe recipe)
    {
        if (Models.Count is 0 or > MaximumModels)
        {
            yield return (-1, "models", $"has {Models.Count} models, expected 1 to {MaximumModels}");
        }

        int all = Models.Count + 1;
        if (recipe.Policy is { } policy)
        {
            if (Sharing == RolloutSharing.Vertical && policy.Prompts < all)
            {
                yield return (-1, "models", $"makes {all} models in all, expected at most 'policy.prompts' ({policy.Prompts}), of which each answers some");
            }

            if (Sharing == RolloutSharing.Horizontal && policy.Rollouts < all)
            {
                yield return (-1, "models", $"makes {all} models in all, expected at most 'policy.rollouts' ({policy.Rollouts}), of which each gives some");
            }

            if (Sharing == RolloutSharing.Horizontal && policy.Selection.FirstOrDefault(choice => choice.Definition.CreateComponent(choice.Options) is IGroupFilter) is { } filter)
            {
                yield return (-1, "sharing", $"is 'horizontal', expected 'vertical' or 'none' with the selection '{filter.Definition.Info.Key}': no model sees whole groups while it rolls out");
            }
        }

        for (int i = 0; i < Models.Count; i++)
        {
            PeerModel peer = Models[i];
            if (Models.Take(i).Any(other => string.Equals(other.Name, peer.Name, StringComparison.OrdinalIgnoreCase)))
            {
                yield return (i, "name", $"is '{peer.Name}' like that of another model, expected a name of its own");
            }

            if (recipe.Model.IsCheckpoint != peer.Model.IsCheckpoint)
            {
                yield return (i, "model", $"is {Kind(peer.Model)}, expected {Kind(recipe.Model)} like 'model': peers have one tokenizer");
            }
            else if (!peer.Model.IsCheckpoint && peer.Model.Context != recipe.Model.Context)
            {
                yield return (i, "model.context", $"is {peer.Model.Context}, expected {recipe.Model.Context} like 'model.context': peers read each other's responses");
            }

            foreach ((TrainingStage stage, string key) in ((TrainingStage, string)[])[(TrainingStage.Teacher, "supervised.teacher.steps"), (TrainingStage.Supervised, "supervised.steps")])
            {
                int steps = (recipe with { Supervised = peer.Supervised }).StepsOf(stage), most = recipe.StepsOf(stage);
                if (steps > most)
                {
                    yield return (i, key, $"is {steps}, expected at most {most} like '{key}' of the recipe");
                }
            }
        }

        static string Kind(ModelSettings model) => model.IsCheckpoint ? "a checkpoint" : "a new model";
    }
}
