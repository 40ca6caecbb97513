using System.Globalization;
using Proximal.Objectives;
using Proximal.Rollouts;

namespace Proximal.Recipes.Explanations;

/// <summary>
/// The mathematics of an objective, once, for every place that shows it: the loss over all, and each of its letters with the component that defines it. The letters are
/// those in which components write their formulas.
/// </summary>
/// <param name="Loss">The loss over all in plain notation; i counts rollouts, t their tokens that the policy wrote.</param>
/// <param name="Symbols">The letters in the order of the flow.</param>
public sealed record ObjectiveFormula(string Loss, IReadOnlyList<ObjectiveSymbol> Symbols)
{
    private const string Surrogate = "ℓ_{i,t}";

    /// <summary>The objective of a recipe: that of its policy stage; without one that of its supervised stage.</summary>
    /// <exception cref="ArgumentException">The recipe trains nothing.</exception>
    public static ObjectiveFormula Of(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return (recipe.Policy, recipe.Supervised) switch
        {
            ({ } policy, _) => Of(policy),
            (_, { } supervised) => Of(supervised),
            _ => throw new ArgumentException($"Recipe '{recipe.Name}' has neither a policy nor a supervised stage, and so no objective.", nameof(recipe)),
        };
    }

    /// <summary>The objective of a policy stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="withOptimizer">Whether optimizer and schedule, which a named objective leaves open, belong to it.</param>
    public static ObjectiveFormula Of(PolicyStage stage, bool withOptimizer = true)
    {
        ArgumentNullException.ThrowIfNull(stage);
        string supplements = stage.Supplements.Count switch { 0 => "", 1 => " + S", _ => " + Σ_j S_j" };
        string pretraining = stage.Pretraining is { Coefficient: > 0 } mix ? string.Create(CultureInfo.InvariantCulture, $" - {mix.Coefficient} E_demonstrations[log π_θ]") : "";
        return new ObjectiveFormula(
            LossOf(stage.Selection.Count > 0, stage.Correction is not null, stage.Regularizers.Count) + supplements + pretraining,
            [.. SymbolsOf(stage, withOptimizer)]);
    }

    /// <summary>The objective of a supervised stage.</summary>
    public static ObjectiveFormula Of(SupervisedStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ObjectiveSymbol[] weighting = stage.Weighting is null ? [] : [Symbol("w_t", "weight of a token", stage.Weighting)];
        return new ObjectiveFormula(
            $"L(θ) = -1/N Σ_{{i,t}} {(stage.Weighting is null ? "" : "w_{i,t} ")}log π_θ(y_{{i,t}} | q_i, y_{{i,<t}})",
            [.. weighting, Symbol("θ", "optimizer", stage.Optimizer), Symbol("f(t)", "schedule of the learning rate", stage.Schedule)]);
    }

    /// <summary>The objective that components assemble, without what gives them advantages and weights.</summary>
    internal static ObjectiveFormula Of(PolicyObjective objective, bool hasCorrection, int regularizers)
    {
        IComponent[] components = [.. objective.Components];
        string[] symbols = ["r_{i,t}", .. hasCorrection ? ["c_{i,t}"] : Array.Empty<string>(), Surrogate, .. Enumerable.Range(1, regularizers).Select(k => Penalty(k, regularizers)), "a_{i,t}"];
        string[] roles = ["ratio", .. hasCorrection ? ["correction"] : Array.Empty<string>(), "surrogate", .. Enumerable.Repeat("regularizer", regularizers), "aggregation"];
        return new ObjectiveFormula(
            LossOf(hasSelection: true, hasCorrection, regularizers),
            [.. components.Select((component, i) => new ObjectiveSymbol(symbols[i], roles[i], component.Info) { Choice = component.Info.Key })]);
    }

    private static string LossOf(bool hasSelection, bool hasCorrection, int regularizers)
    {
        string term = $"{(hasSelection ? "m_{i,t} " : "")}{(hasCorrection ? "c_{i,t} " : "")}{Surrogate}";
        return regularizers switch
        {
            0 => $"L(θ) = Σ_{{i,t}} a_{{i,t}} {term}",
            1 => $"L(θ) = Σ_{{i,t}} a_{{i,t}} ( {term} + {Penalty(1, 1)} )",
            _ => $"L(θ) = Σ_{{i,t}} a_{{i,t}} ( {term} + Σ_k p^k_{{i,t}} )",
        };
    }

    private static string Penalty(int number, int count) => count == 1 ? "p_{i,t}" : string.Create(CultureInfo.InvariantCulture, $"p^{number}_{{i,t}}");

    private static IEnumerable<ObjectiveSymbol> SymbolsOf(PolicyStage stage, bool withOptimizer)
    {
        if (!stage.Collection.Equals(new ComponentChoice(OnPolicyCollection.Definition)))
        {
            yield return Symbol("y_i", "rollouts", stage.Collection);
        }

        foreach (ComponentChoice reward in stage.Rewards)
        {
            yield return Symbol("R_i", "reward", reward) with { Choice = string.Create(CultureInfo.InvariantCulture, $"{reward}, weight {reward.Weight}") };
        }

        foreach (ComponentChoice shaping in stage.Shaping)
        {
            yield return Symbol("R_i", "shaping of the reward", shaping);
        }

        yield return Symbol("A_{i,t}", "advantage", stage.Advantage);
        foreach (ComponentChoice selection in stage.Selection)
        {
            yield return Symbol("m_{i,t}", "selection", selection);
        }

        yield return Symbol("r_{i,t}", "ratio", stage.Ratio);
        if (stage.Correction is { } correction)
        {
            yield return Symbol("c_{i,t}", "correction", correction);
        }

        yield return Symbol(Surrogate, "surrogate", stage.Clipping);
        for (int i = 0; i < stage.Regularizers.Count; i++)
        {
            yield return Symbol(Penalty(i + 1, stage.Regularizers.Count), "regularizer", stage.Regularizers[i]);
        }

        yield return Symbol("a_{i,t}", "aggregation", stage.Aggregation);
        for (int i = 0; i < stage.Supplements.Count; i++)
        {
            yield return Symbol(stage.Supplements.Count == 1 ? "S" : string.Create(CultureInfo.InvariantCulture, $"S_{i + 1}"), "supplement", stage.Supplements[i]);
        }

        if (withOptimizer)
        {
            yield return Symbol("θ", "optimizer", stage.Optimizer);
            yield return Symbol("f(t)", "schedule of the learning rate", stage.Schedule);
        }
    }

    private static ObjectiveSymbol Symbol(string symbol, string role, ComponentChoice choice) => new(symbol, role, choice.Definition.Info) { Choice = choice.ToString() };
}
