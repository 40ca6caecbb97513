namespace Proximal.Models.Llama;

/// <summary>Which experts a router names for a token.</summary>
public static class ExpertRouting
{
    /// <summary>
    /// The experts with the largest logits, in ascending order, so that what is summed over them has one order. Of equal logits the first counts.
    /// </summary>
    /// <param name="logits">The router's logits. [experts]</param>
    /// <param name="chosen">Receives the experts, at most as many as there are logits.</param>
    public static void Choose(ReadOnlySpan<float> logits, Span<int> chosen)
    {
        for (int slot = 0; slot < chosen.Length; slot++)
        {
            Span<int> before = chosen[..slot];
            int best = -1;
            for (int expert = 0; expert < logits.Length; expert++)
            {
                if ((best < 0 || logits[expert] > logits[best]) && !before.Contains(expert))
                {
                    best = expert;
                }
            }

            chosen[slot] = best;
        }

        chosen.Sort();
    }
}
