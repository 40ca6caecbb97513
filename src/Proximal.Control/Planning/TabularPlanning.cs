using Proximal.Control.Environments.ToyText;

namespace Proximal.Control.Planning;

/// <summary>
/// Exact planning where the whole process is known (Bellman 1957; Howard 1960). Q(s,a) = sum_{s'} P(s'|s,a) (r + gamma c V(s')), with c = 0 where the
/// process ends. States are updated in place, one after the other (Gauss-Seidel), which converges at least as fast as full backups.
/// </summary>
public static class TabularPlanning
{
    /// <summary>Value iteration: V(s) = max_a Q(s,a) until no value moves by more than the tolerance.</summary>
    /// <param name="environment">The process.</param>
    /// <param name="discount">gamma in [0, 1]; 1 needs a process that ends whatever is done, or rewards that make it end.</param>
    /// <param name="tolerance">Above 0: the largest change of a value in the last sweep. The values are then within tolerance gamma / (1 - gamma) of the optimal ones.</param>
    /// <param name="mostSweeps">Sweeps after which it is given up.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The values did not settle.</exception>
    public static TabularPlan ValueIteration(ITabularEnvironment environment, double discount = 0.99, double tolerance = 1e-10, int mostSweeps = 1_000_000)
    {
        Check(environment, discount, tolerance, mostSweeps);
        double[] values = new double[environment.StateCount];
        for (int sweep = 1; sweep <= mostSweeps; sweep++)
        {
            double change = 0;
            for (int state = 0; state < values.Length; state++)
            {
                double best = ActionValue(environment, values, state, Best(environment, values, state, discount), discount);
                change = Math.Max(change, Math.Abs(best - values[state]));
                values[state] = best;
            }

            if (change <= tolerance)
            {
                return new TabularPlan(values, Greedy(environment, values, discount), sweep, sweep);
            }
        }

        throw NotSettled("value iteration", mostSweeps);
    }

    /// <summary>Policy iteration: the values of a policy are computed by sweeps, then every state takes its best action, until none changes.</summary>
    /// <param name="environment">The process.</param>
    /// <param name="discount">gamma in [0, 1); with 1 a policy that never ends has no value.</param>
    /// <param name="tolerance">Above 0: the largest change of a value in the last sweep of an evaluation.</param>
    /// <param name="mostSweeps">Sweeps, of all evaluations together, after which it is given up.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The values did not settle.</exception>
    public static TabularPlan PolicyIteration(ITabularEnvironment environment, double discount = 0.99, double tolerance = 1e-10, int mostSweeps = 1_000_000)
    {
        Check(environment, discount, tolerance, mostSweeps);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(discount, 1);
        double[] values = new double[environment.StateCount];
        int[] actions = new int[environment.StateCount];
        int sweeps = 0;
        for (int improvements = 1; ; improvements++)
        {
            sweeps += Evaluate(environment, values, actions, discount, tolerance, mostSweeps - sweeps);
            bool changed = false;
            for (int state = 0; state < actions.Length; state++)
            {
                int best = Best(environment, values, state, discount);

                // Equal actions must not take turns: only one that is better by more than the evaluation's error counts.
                if (ActionValue(environment, values, state, best, discount) > ActionValue(environment, values, state, actions[state], discount) + (10 * tolerance))
                {
                    actions[state] = best;
                    changed = true;
                }
            }

            if (!changed)
            {
                return new TabularPlan(values, actions, sweeps, improvements);
            }
        }
    }

    /// <summary>The values of a policy: V(s) = Q(s, pi(s)).</summary>
    /// <param name="environment">The process.</param>
    /// <param name="actions">pi(s) of every state [states].</param>
    /// <param name="discount">gamma in [0, 1).</param>
    /// <param name="tolerance">Above 0: the largest change of a value in the last sweep.</param>
    /// <param name="mostSweeps">Sweeps after which it is given up.</param>
    /// <exception cref="ArgumentException">The actions do not fit the states.</exception>
    /// <exception cref="InvalidOperationException">The values did not settle.</exception>
    public static double[] PolicyValues(ITabularEnvironment environment, ReadOnlySpan<int> actions, double discount = 0.99, double tolerance = 1e-10, int mostSweeps = 1_000_000)
    {
        Check(environment, discount, tolerance, mostSweeps);
        if (actions.Length != environment.StateCount)
        {
            throw new ArgumentException($"{environment.StateCount} states take as many actions, not {actions.Length}.", nameof(actions));
        }

        double[] values = new double[environment.StateCount];
        Evaluate(environment, values, actions, discount, tolerance, mostSweeps);
        return values;
    }

    /// <summary>The value of an action, Q(s,a).</summary>
    /// <param name="environment">The process.</param>
    /// <param name="values">V [states].</param>
    /// <param name="state">s.</param>
    /// <param name="action">a.</param>
    /// <param name="discount">gamma.</param>
    public static double ActionValue(ITabularEnvironment environment, ReadOnlySpan<double> values, int state, int action, double discount)
    {
        ArgumentNullException.ThrowIfNull(environment);
        double value = 0;
        foreach (Transition transition in environment.Transitions(state, action))
        {
            value += transition.Probability * (transition.Reward + (transition.Terminated ? 0 : discount * values[transition.Next]));
        }

        return value;
    }

    private static int Evaluate(ITabularEnvironment environment, double[] values, ReadOnlySpan<int> actions, double discount, double tolerance, int mostSweeps)
    {
        for (int sweep = 1; sweep <= mostSweeps; sweep++)
        {
            double change = 0;
            for (int state = 0; state < values.Length; state++)
            {
                double value = ActionValue(environment, values, state, actions[state], discount);
                change = Math.Max(change, Math.Abs(value - values[state]));
                values[state] = value;
            }

            if (change <= tolerance)
            {
                return sweep;
            }
        }

        throw NotSettled("the evaluation of a policy", mostSweeps);
    }

    private static int Best(ITabularEnvironment environment, ReadOnlySpan<double> values, int state, double discount)
    {
        int best = 0;
        double largest = double.NegativeInfinity;
        for (int action = 0; action < environment.ActionCount; action++)
        {
            double value = ActionValue(environment, values, state, action, discount);
            if (value > largest)
            {
                (best, largest) = (action, value);
            }
        }

        return best;
    }

    private static int[] Greedy(ITabularEnvironment environment, double[] values, double discount)
    {
        int[] actions = new int[values.Length];
        for (int state = 0; state < actions.Length; state++)
        {
            actions[state] = Best(environment, values, state, discount);
        }

        return actions;
    }

    private static void Check(ITabularEnvironment environment, double discount, double tolerance, int mostSweeps)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSweeps, 1);
        if (!(discount is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(discount), discount, "The discount must be in [0, 1].");
        }

        if (!(tolerance > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be above 0.");
        }
    }

    private static InvalidOperationException NotSettled(string what, int sweeps) =>
        new($"The values of {what} did not settle within {sweeps} sweeps; a discount below 1 makes them.");
}
