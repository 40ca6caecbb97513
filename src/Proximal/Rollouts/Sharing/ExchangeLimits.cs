namespace Proximal.Rollouts.Sharing;

/// <summary>What a group from another model may have at most; anything larger is refused before memory is taken for it.</summary>
/// <param name="Vocabulary">One more than the largest token id.</param>
/// <param name="Context">Tokens of a path.</param>
/// <param name="Prompts">Prompts of a step.</param>
/// <param name="Completions">Completions of a prompt.</param>
/// <param name="RewardTerms">Terms of the reward; exactly as many are expected.</param>
public readonly record struct ExchangeLimits(int Vocabulary, int Context, int Prompts, int Completions, int RewardTerms)
{
    /// <summary>Segments of a tree: a turn and an observation take a token each at least.</summary>
    public long Segments => 1 + ((long)Completions * Context);
}
