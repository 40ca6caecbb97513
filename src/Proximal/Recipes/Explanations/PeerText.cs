using System.Globalization;
using Proximal.Rollouts.Sharing;

namespace Proximal.Recipes.Explanations;

/// <summary>Models that train side by side, in words.</summary>
internal static class PeerText
{
    /// <summary>A model.</summary>
    public static string Describe(ModelSettings model) => model.IsCheckpoint
        ? $"the model of {model.Checkpoint}"
        : string.Create(CultureInfo.InvariantCulture, $"a new transformer of {model.Layers} layers, width {model.Width}, {model.Heads} heads, {Experts(model)}context {model.Context}");

    private static string Experts(ModelSettings model) => model.Experts == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{model.Experts} experts of which a token goes through {model.ExpertsPerToken}, ");

    /// <summary>The peers of a recipe, in lines of at most 80 characters.</summary>
    public static string DescribeModels(Recipe recipe) => string.Concat(recipe.Peers!.Models.Select(peer =>
    {
        bool learnsOtherwise = peer.Supervised is not null && !peer.Supervised.Equals(recipe.Supervised);
        string learning = learnsOtherwise ? $" Its supervised stage: {Difference(peer.Supervised!, recipe.Supervised!)}." : "";
        return TextLayout.Wrap($"Peer '{peer.Name}' beside it is {Describe(peer.Model)}.{learning}");
    }));

    /// <summary>What each of the models does in a step, in lines of at most 80 characters.</summary>
    public static string DescribeStep(Recipe recipe)
    {
        IReadOnlyList<Recipe> recipes = ModelRecipes.Of(recipe);
        string[] names = ["the policy", .. recipe.Peers!.Models.Select(peer => $"'{peer.Name}'")];
        string text = recipe.Peers.Sharing switch
        {
            RolloutSharing.Vertical =>
                $"The models divide the prompts of a step: {Shares(one => one.Prompts, "prompts")}. They exchange what they write, {ExchangedGroup.BytesPerToken} bytes a token, and each learns from all of it.",
            RolloutSharing.Horizontal =>
                $"The models divide the rollouts of every prompt: {Shares(one => one.Rollouts, "rollouts")}. They exchange what they write, {ExchangedGroup.BytesPerToken} bytes a token, and each learns from all of it.",
            _ => "Nothing is shared: every model does all of this for itself.",
        };
        return TextLayout.Wrap(text);

        string Shares(Func<PolicyStage, int> share, string what)
        {
            IEnumerable<string> shares = names.Zip(recipes, (name, one) => string.Create(CultureInfo.InvariantCulture, $"{name} takes {share(one.Policy!)}"));
            return $"{string.Join(", ", shares)} {what}";
        }
    }

    /// <summary>Where a stage differs from that of the recipe.</summary>
    private static string Difference(SupervisedStage own, SupervisedStage stage)
    {
        OptionSchema schema = SupervisedStage.Schema;
        IEnumerable<string> numbers = schema.Options.Select(option => option.Key)
            .Where(key => schema.Format(own, key) != schema.Format(stage, key))
            .Select(key => $"{key} {schema.Format(own, key)}");
        (string Key, object? Own, object? Other)[] parts =
        [
            ("task", own.Task, stage.Task),
            ("mixture", own.Mixture, stage.Mixture),
            ("weighting", own.Weighting, stage.Weighting),
            ("teacher", own.Teacher, stage.Teacher),
            ("optimizer", own.Optimizer, stage.Optimizer),
            ("schedule", own.Schedule, stage.Schedule),
        ];
        return string.Join(", ", numbers.Concat(parts.Where(part => !Equals(part.Own, part.Other)).Select(part => $"{part.Key} {part.Own as ComponentChoice ?? (object)"of its own"}")));
    }
}
