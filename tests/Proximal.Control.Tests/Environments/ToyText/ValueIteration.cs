using Proximal.Control.Environments.ToyText;

namespace Proximal.Control.Tests.Environments.ToyText;

/// <summary>Exact values of tabular environments, to compare with.</summary>
internal static class ValueIteration
{
    /// <summary>The best mean return from the first state, discounted, within so many steps.</summary>
    public static double Solve(ITabularEnvironment environment, double discount, int steps)
    {
        double[] values = Values(environment, discount, steps);
        double mean = 0;
        for (int state = 0; state < values.Length; state++)
        {
            mean += environment.InitialProbabilities[state] * values[state];
        }

        return mean;
    }

    public static double[] Values(ITabularEnvironment environment, double discount, int steps)
    {
        double[] values = new double[environment.StateCount], next = new double[environment.StateCount];
        for (int step = 0; step < steps; step++)
        {
            for (int state = 0; state < values.Length; state++)
            {
                next[state] = double.NegativeInfinity;
                for (int action = 0; action < environment.ActionCount; action++)
                {
                    double value = 0;
                    foreach (Transition transition in environment.Transitions(state, action))
                    {
                        value += transition.Probability * (transition.Reward + (transition.Terminated ? 0 : discount * values[transition.Next]));
                    }

                    next[state] = Math.Max(next[state], value);
                }
            }

            (values, next) = (next, values);
        }

        return values;
    }
}
