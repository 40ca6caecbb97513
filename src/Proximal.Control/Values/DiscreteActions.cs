namespace Proximal.Control.Values;

/// <summary>Choices among the values of discrete actions. An empty mask makes all actions legal; of equal values the first counts.</summary>
public static class DiscreteActions
{
    /// <summary>argmax_a Q(s, a) among the legal actions of one state; 0 where none is legal.</summary>
    /// <param name="values">Q(s, .) [actions].</param>
    /// <param name="mask">Which actions are legal [actions], or empty.</param>
    public static int Greedy(ReadOnlySpan<float> values, ReadOnlySpan<bool> mask)
    {
        int best = -1;
        for (int action = 0; action < values.Length; action++)
        {
            if ((mask.IsEmpty || mask[action]) && (best < 0 || values[action] > values[best]))
            {
                best = action;
            }
        }

        return Math.Max(best, 0);
    }

    /// <summary>The greedy action of every state.</summary>
    /// <param name="values">Q [batch, actions].</param>
    /// <param name="masks">[batch, actions], or empty.</param>
    /// <param name="actions">Receives the actions [batch].</param>
    public static void Greedy(ReadOnlySpan<float> values, ReadOnlySpan<bool> masks, Span<int> actions)
    {
        int width = values.Length / actions.Length;
        for (int row = 0; row < actions.Length; row++)
        {
            actions[row] = Greedy(values.Slice(row * width, width), masks.IsEmpty ? masks : masks.Slice(row * width, width));
        }
    }

    /// <summary>Q(s, a) of the chosen actions.</summary>
    /// <param name="values">Q [batch, actions].</param>
    /// <param name="actions">a [batch].</param>
    /// <param name="chosen">Receives the values [batch].</param>
    public static void Select(ReadOnlySpan<float> values, ReadOnlySpan<int> actions, Span<float> chosen)
    {
        int width = values.Length / actions.Length;
        for (int row = 0; row < actions.Length; row++)
        {
            chosen[row] = values[(row * width) + actions[row]];
        }
    }

    /// <summary>The k-th legal action, for drawing one uniformly.</summary>
    /// <param name="mask">Which actions are legal.</param>
    /// <param name="k">Counted from 0 among the legal ones.</param>
    public static int Legal(ReadOnlySpan<bool> mask, int k)
    {
        int action = 0;
        for (; action < mask.Length - 1; action++)
        {
            if (mask[action] && k-- == 0)
            {
                break;
            }
        }

        return action;
    }
}
