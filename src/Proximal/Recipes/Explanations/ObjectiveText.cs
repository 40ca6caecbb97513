using System.Text;

namespace Proximal.Recipes.Explanations;

/// <summary>The objective that the components of a policy stage assemble, in mathematics.</summary>
internal static class ObjectiveText
{
    /// <summary>The loss over all, then each symbol with the formula, options and source of its component, in lines of at most 80 characters.</summary>
    public static string Describe(PolicyStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        StringBuilder text = new();
        string weight = (stage.Selection.Count > 0 ? "m_t " : "") + (stage.Correction is null ? "" : "w_t ");
        string penalties = string.Concat(stage.Regularizers.Select((_, i) => $" + R{i + 1}_t"));
        string supplements = string.Concat(stage.Supplements.Select((_, i) => $" + S{i + 1}"));
        string pretraining = stage.Pretraining is { Coefficient: > 0 } mix ? FormattableString.Invariant($" - {mix.Coefficient} E_demonstrations[ log pi ]") : "";
        text.Append(TextLayout.Wrap($"loss(theta) = Agg_t [ {weight}L_t(rho_t, A_t){penalties} ]{supplements}{pretraining}", indent: 2)).Append('\n');
        for (int i = 0; i < stage.Rewards.Count; i++)
        {
            AddSymbol(text, $"r{i + 1}", "reward", stage.Rewards[i], FormattableString.Invariant($", weight {stage.Rewards[i].Weight}"));
        }

        foreach (ComponentChoice shaping in stage.Shaping)
        {
            AddSymbol(text, "r_t", "shaping of the reward", shaping);
        }

        AddSymbol(text, "A_t", "advantage", stage.Advantage);
        AddSymbol(text, "rho_t", "ratio", stage.Ratio);
        if (stage.Correction is { } correction)
        {
            AddSymbol(text, "w_t", "correction", correction);
        }

        AddSymbol(text, "L_t", "surrogate", stage.Clipping);
        for (int i = 0; i < stage.Regularizers.Count; i++)
        {
            AddSymbol(text, $"R{i + 1}_t", "regularizer", stage.Regularizers[i]);
        }

        foreach (ComponentChoice selection in stage.Selection)
        {
            AddSymbol(text, "m_t", "selection", selection);
        }

        AddSymbol(text, "Agg", "aggregation", stage.Aggregation);
        for (int i = 0; i < stage.Supplements.Count; i++)
        {
            AddSymbol(text, $"S{i + 1}", "supplement", stage.Supplements[i]);
        }

        AddSymbol(text, "theta", "optimizer", stage.Optimizer);
        AddSymbol(text, "f(t)", "schedule of the learning rate", stage.Schedule);
        return text.ToString();
    }

    private static void AddSymbol(StringBuilder text, string symbol, string role, ComponentChoice choice, string suffix = "")
    {
        text.Append(TextLayout.Wrap($"{symbol}  {role}: {choice}{suffix}", indent: 2, hanging: 6));
        if (choice.Definition.Info.Formula is { Length: > 0 } formula)
        {
            text.Append(TextLayout.Wrap(formula, indent: 8, hanging: 2));
        }

        if (choice.Definition.Info.Reference is { Length: > 0 } reference)
        {
            text.Append(TextLayout.Wrap($"[{reference}]", indent: 8, hanging: 1));
        }
    }
}
