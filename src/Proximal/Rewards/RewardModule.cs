using Proximal.Recipes;
using Proximal.Tasks;

namespace Proximal.Rewards;

/// <summary>The reward terms that recipes can name.</summary>
public static class RewardModule
{
    /// <summary>The verifier's own score: the reward of a recipe that names none.</summary>
    public static ComponentDefinition<IReward> Score { get; } =
        Define("score", "The verifier's score in [0, 1]: graded where the task grades, otherwise 0 or 1.", "r = score(y)", VerdictRewards.Score);

    /// <summary>Adds all reward terms.</summary>
    public static void Register(ComponentCatalog<IReward> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(Score)
            .Add(RewardModel.Definition)
            .Add(Define("correct", "1 for a right answer, 0 otherwise.", "r = 1{correct}", VerdictRewards.Binary))
            .Add(Define("partial", "Dense credit in [0, 1].", "r = partial(y)", VerdictRewards.Partial))
            .Add(Define("format", "1 for a response of the required form, 0 otherwise.", "r = 1{format}", verdict => verdict.FormatOk ? 1 : 0))
            .Add(Define("tiny-zero", "1 for a right answer, 0.1 for one that can be read.", "r = 1{correct} + 0.1 · 1{parsed, wrong}", VerdictRewards.TinyZero))
            .Add(Define("accuracy-and-format", "1 for a right answer and 0.5 for the form.", "r = 1{correct} + 0.5 · 1{format}", VerdictRewards.AccuracyAndFormat))
            .Add(Define("logic-rl", "±1 for the form; 2 for a right answer, -1.5 for a wrong one, -2 for none.", "r = ±1 + (2 | -1.5 | -2)", VerdictRewards.LogicRl))
            .Add(Define("flawed", "1 for a right answer with less than full dense credit: a share to watch, with weight 0.", "r = 1{right, flawed}", verdict => verdict.Correct && verdict.Partial < 1 ? 1 : 0))
            .Add(LiteralReward.Definition)
            .Add(FlawedPositiveReward.Definition)
            .Add(CounterReward.Definition)
            .Add(JsonReward.StructureDefinition)
            .Add(JsonReward.ValidityDefinition)
            .Add(JsonFormatReward.Definition)
            .Add(JsonReward.ContentDefinition)
            .Add(LengthBandReward.Definition);
    }

    private static ComponentDefinition<IReward, NoOptions> Define(string key, string summary, string formula, Func<Verdict, double> score) =>
        new(new ComponentInfo(key, Seam.Rewards, summary, formula, ""), NoOptions.Schema, _ => new VerdictReward(score));
}
