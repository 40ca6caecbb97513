using System.Globalization;
using System.Text;
using Proximal.Environments;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Training;

namespace Proximal.Recipes.Explanations;

/// <summary>A recipe in words before anything runs: its stages, the arithmetic of a step, and the objective in mathematics.</summary>
public static class RecipeExplanation
{
    private static readonly ComponentChoice DefaultEnvironment = new(SingleTurn.Definition);
    private static readonly ComponentChoice DefaultCollection = new(OnPolicyCollection.Definition);

    /// <summary>Describes the recipe in lines of at most 80 characters.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="memory">An estimate of its memory; null to leave it out.</param>
    public static string Describe(Recipe recipe, MemoryEstimate? memory = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        StringBuilder text = new();
        ModelSettings model = recipe.Model;
        text.Append(TextLayout.Wrap($"{recipe.Name}: {recipe.Task.Definition.Info.Key}, {recipe.Task.Definition.Info.Summary}"));
        if (recipe.Mixture.Count > 0)
        {
            IEnumerable<string> parts = recipe.Mixture.Select(choice => string.Create(CultureInfo.InvariantCulture, $"{choice.Weight} {choice}"));
            text.Append(TextLayout.Wrap($"Mixed with the tasks, by weight against 1: {string.Join("; ", parts)}."));
        }

        text.Append(TextLayout.Wrap(model.IsCheckpoint ? $"The policy starts from {model.Checkpoint}." : $"The policy is {PeerText.Describe(model)}."));
        if (recipe.Peers is not null)
        {
            text.Append(PeerText.DescribeModels(recipe));
        }

        if (!recipe.Environment.Equals(DefaultEnvironment))
        {
            text.Append(TextLayout.Wrap($"Environment: {recipe.Environment}. {recipe.Environment.Definition.Info.Summary}"));
        }

        if (recipe.Supervised is { } supervised)
        {
            string noise = supervised.DemonstrationNoise == 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $" A share of {supervised.DemonstrationNoise} of them has a wrong answer.");
            string task = supervised.Task is null ? "" : $" They are of {string.Join("; ", supervised.Mixture.Prepend(supervised.Task))}.";
            string hints = supervised.AnswerHints == 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $" A share of {supervised.AnswerHints} of the prompts carries the answer as a hint, to be explained.");
            text.Append("\nSupervised stage\n\n").Append(TextLayout.Wrap(string.Create(
                CultureInfo.InvariantCulture,
                $"{Teacher(supervised)}{supervised.Steps:N0} steps of {supervised.Batch:N0} demonstrations: {(long)supervised.Steps * supervised.Batch:N0} demonstrations in all.{task}{noise}{hints} Optimizer: {supervised.Optimizer}; schedule: {supervised.Schedule}.")));
            if (supervised.Weighting is { } weighting)
            {
                text.Append(TextLayout.Wrap($"Weights of tokens: {weighting}")).Append(TextLayout.Wrap(weighting.Definition.Info.Formula, indent: 8, hanging: 2));
            }
        }

        if (recipe.Policy?.Rewards.Select(choice => choice.Options).OfType<RewardModelOptions>().FirstOrDefault() is { } preferences)
        {
            text.Append("\nPreferences\n\n").Append(TextLayout.Wrap(string.Create(
                CultureInfo.InvariantCulture,
                $"The policy answers {preferences.Pairs:N0} prompts twice, the verifier prefers one of the two, a share of {preferences.Noise} of the preferences is flipped, and a reward model learns from them in {preferences.Steps:N0} steps of {preferences.Batch:N0} pairs.")));
        }

        if (recipe.Policy is { } policy)
        {
            text.Append("\nPolicy stage\n\n").Append(new StepArithmetic(policy).Describe());
            if (recipe.Peers is not null)
            {
                text.Append(PeerText.DescribeStep(recipe));
            }

            if (!policy.Collection.Equals(DefaultCollection))
            {
                text.Append(TextLayout.Wrap($"Rollouts: {policy.Collection}. {policy.Collection.Definition.Info.Summary}"));
            }

            if (policy.RoutingReplay != RoutingReplay.None)
            {
                text.Append(TextLayout.Wrap(policy.RoutingReplay == RoutingReplay.Old
                    ? "Routing replay (R2): after the first update of a step tokens go through the experts that the policy before it chose."
                    : "Routing replay (R3): tokens go through the experts that the sampler went through."));
            }

            text.Append(CultureInfo.InvariantCulture, $"\nObjective: {policy.Objective}\n\n").Append(ObjectiveMath.ToText(ObjectiveFormula.Of(policy)));
        }

        if (memory is not null)
        {
            text.Append("\nMemory\n\n").Append(memory.Describe());
        }

        return text.ToString();
    }

    private static string Teacher(SupervisedStage stage)
    {
        if (stage.Teacher is not { } teacher)
        {
            return "";
        }

        string origin = teacher.IsTrained
            ? string.Create(CultureInfo.InvariantCulture, $"A teacher learns first, in {teacher.Steps:N0} steps of {teacher.Batch:N0} demonstrations of {(teacher.Task?.ToString() ?? "the same task")}.")
            : $"A teacher comes from {teacher.Checkpoint}.";
        string begin = teacher.Begin == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" after {teacher.Begin:N0} steps on the task's own");
        return $"{origin} It writes the demonstrations{begin}{(teacher.OnlyRight ? ", of which right ones are kept" : "")}. ";
    }
}
