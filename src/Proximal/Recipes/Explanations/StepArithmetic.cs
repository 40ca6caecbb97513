using System.Globalization;

namespace Proximal.Recipes.Explanations;

/// <summary>What the numbers of a policy stage multiply to.</summary>
internal sealed record StepArithmetic
{
    private readonly PolicyStage stage;

    /// <summary>The arithmetic of a stage.</summary>
    public StepArithmetic(PolicyStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        this.stage = stage;
    }

    /// <summary>Sequences a step: prompts times rollouts.</summary>
    public long Sequences => (long)stage.Prompts * stage.Rollouts;

    /// <summary>Tokens a step generates at most.</summary>
    public long Tokens => Sequences * stage.ResponseTokens;

    /// <summary>Prompts of the largest minibatch; others may have one less.</summary>
    public int LargestMinibatch => (stage.Prompts + stage.Updates - 1) / stage.Updates;

    /// <summary>Prompts of the smallest minibatch.</summary>
    public int SmallestMinibatch => stage.Prompts / stage.Updates;

    /// <summary>Optimizer steps a step.</summary>
    public long OptimizerSteps => (long)stage.Updates * stage.Epochs;

    /// <summary>Sequences of the whole stage.</summary>
    public decimal TotalSequences => (decimal)Sequences * stage.Steps;

    /// <summary>Tokens that the whole stage generates at most.</summary>
    public decimal TotalTokens => (decimal)Tokens * stage.Steps;

    /// <summary>Optimizer steps of the whole stage.</summary>
    public long TotalOptimizerSteps => OptimizerSteps * stage.Steps;

    /// <summary>The arithmetic in words, in lines of at most 80 characters.</summary>
    public string Describe()
    {
        string prompts = SmallestMinibatch == LargestMinibatch ? Show(LargestMinibatch) : $"{Show(SmallestMinibatch)} or {Show(LargestMinibatch)}";
        string passes = stage.Epochs == 1 ? "once" : $"{Show(stage.Epochs)} times";
        string division = stage.Updates == 1
            ? $"The whole batch makes one minibatch of {Count(LargestMinibatch, "prompt")} ({Count((long)LargestMinibatch * stage.Rollouts, "sequence")})"
            : $"The batch is divided into {Show(stage.Updates)} minibatches of {prompts} prompts (at most {Count((long)LargestMinibatch * stage.Rollouts, "sequence")})";
        return TextLayout.Wrap(
            $"A step takes {Count(stage.Prompts, "prompt")} and samples {Count(stage.Rollouts, "rollout")} for each: "
            + $"{Show(stage.Prompts)} x {Show(stage.Rollouts)} = {Count(Sequences, "sequence")} of at most {Count(stage.ResponseTokens, "token")}, "
            + $"{Count(Tokens, "token")} in all. {division} and is gone through {passes}: "
            + $"{Show(stage.Updates)} x {Show(stage.Epochs)} = {Count(OptimizerSteps, "optimizer step")} a step. "
            + $"{Count(stage.Steps, "step")}: {Count(TotalSequences, "sequence")}, at most {Count(TotalTokens, "token")}, {Count(TotalOptimizerSteps, "optimizer step")}.");
    }

    private static string Show(decimal number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Count(decimal number, string what) => $"{Show(number)} {what}{(number == 1 ? "" : "s")}";
}
