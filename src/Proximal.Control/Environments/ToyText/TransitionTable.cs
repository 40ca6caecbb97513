namespace Proximal.Control.Environments.ToyText;

/// <summary>A Markov decision process as a table: what can follow each action in each state.</summary>
public sealed class TransitionTable
{
    private const double Tolerance = 1e-9;

    private readonly Transition[] transitions;
    private readonly int[] starts;
    private readonly double[] initial;

    /// <summary>Creates a table.</summary>
    /// <param name="initial">Probability of every state to be the first one [states].</param>
    /// <param name="actions">Number of actions.</param>
    /// <param name="transitions">What can follow an action in a state.</param>
    /// <exception cref="ArgumentException">Probabilities are negative or do not sum to 1, a next state does not exist, or a reward is not finite.</exception>
    public TransitionTable(ReadOnlySpan<double> initial, int actions, Func<int, int, IReadOnlyList<Transition>> transitions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        ArgumentNullException.ThrowIfNull(transitions);
        this.initial = initial.ToArray();
        ActionCount = actions;
        CheckSum("the first state", this.initial);
        starts = new int[checked((StateCount * actions) + 1)];
        List<Transition> all = [];
        for (int state = 0; state < StateCount; state++)
        {
            for (int action = 0; action < actions; action++)
            {
                IReadOnlyList<Transition> list = transitions(state, action);
                string place = $"state {state}, action {action}";
                CheckSum(place, [.. list.Select(transition => transition.Probability)]);
                foreach (Transition transition in list)
                {
                    if ((uint)transition.Next >= (uint)StateCount || !double.IsFinite(transition.Reward))
                    {
                        throw new ArgumentException($"{place}: {transition} leads to no state from 0 to {StateCount - 1} with a finite reward.", nameof(transitions));
                    }
                }

                all.AddRange(list);
                starts[(state * actions) + action + 1] = all.Count;
            }
        }

        this.transitions = [.. all];
    }

    /// <summary>Number of states.</summary>
    public int StateCount => initial.Length;

    /// <summary>Number of actions.</summary>
    public int ActionCount { get; }

    /// <summary>Probability of every state to be the first one [states].</summary>
    public ReadOnlySpan<double> InitialProbabilities => initial;

    /// <summary>What can follow an action.</summary>
    /// <param name="state">The state.</param>
    /// <param name="action">The action.</param>
    /// <exception cref="ArgumentOutOfRangeException">State or action does not exist.</exception>
    public ReadOnlySpan<Transition> this[int state, int action]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)state, (uint)StateCount, nameof(state));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)action, (uint)ActionCount, nameof(action));
            int index = (state * ActionCount) + action;
            return transitions.AsSpan(starts[index]..starts[index + 1]);
        }
    }

    /// <summary>The state from which an episode starts.</summary>
    /// <param name="random">Source.</param>
    public int Start(ref EpisodeRandom random)
    {
        double rest = random.Uniform();
        int last = 0;
        for (int state = 0; state < initial.Length; state++)
        {
            if (initial[state] > 0)
            {
                rest -= initial[state];
                last = state;
                if (rest < 0)
                {
                    break;
                }
            }
        }

        return last;
    }

    /// <summary>What follows an action by chance.</summary>
    /// <param name="state">The state.</param>
    /// <param name="action">The action.</param>
    /// <param name="random">Source; asked only where there is more than one possibility.</param>
    public Transition Draw(int state, int action, ref EpisodeRandom random)
    {
        ReadOnlySpan<Transition> possible = this[state, action];
        double rest = possible.Length > 1 ? random.Uniform() : 0;
        int chosen = 0;
        while (chosen < possible.Length - 1 && rest >= possible[chosen].Probability)
        {
            rest -= possible[chosen++].Probability;
        }

        return possible[chosen];
    }

    private static void CheckSum(string place, ReadOnlySpan<double> probabilities)
    {
        double sum = 0;
        foreach (double probability in probabilities)
        {
            sum += probability >= 0 ? probability : double.NaN;
        }

        if (!(Math.Abs(sum - 1) <= Tolerance))
        {
            throw new ArgumentException($"{place}: the probabilities sum to {sum}, expected 1 and none below 0.", nameof(probabilities));
        }
    }
}
