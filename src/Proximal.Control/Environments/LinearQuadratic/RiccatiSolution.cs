namespace Proximal.Control.Environments.LinearQuadratic;

/// <summary>The optimal linear controller of a system, and the worst disturbance against it.</summary>
/// <param name="Cost">P: the cost from state x on is x'Px [states, states].</param>
/// <param name="InputGain">The input is u = K x [states].</param>
/// <param name="DisturbanceGain">The worst disturbance is d = K x [states]; zero without disturbances.</param>
public sealed record RiccatiSolution(double[] Cost, double[] InputGain, double[] DisturbanceGain)
{
    private const int MostIterations = 100_000;

    /// <summary>
    /// The saddle point of the game in which u keeps sum x'x + u^2 - eta^2 d^2 small and d makes it large (Basar and Bernhard 1995):
    /// P = I + A'P (I + (B B' - D D' / eta^2) P)^-1 A, found by iteration from P = 0. Without a bound it is the linear-quadratic regulator.
    /// </summary>
    /// <param name="system">The system.</param>
    /// <param name="eta">The bound on damage per disturbance; infinity for none.</param>
    /// <returns>The solution; null where no controller keeps the bound.</returns>
    public static RiccatiSolution? Solve(LinearSystem system, double eta = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(eta);
        int n = system.States;
        double inverse = double.IsInfinity(eta) ? 0 : 1 / (eta * eta);
        double[] cost = new double[n * n], next = new double[n * n];
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            double[] closed = ClosedLoop(system, cost, inverse);
            double change = 0, size = 0;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double sum = i == j ? 1 : 0;
                    for (int k = 0; k < n; k++)
                    {
                        for (int l = 0; l < n; l++)
                        {
                            sum += system.Transition[(k * n) + i] * cost[(k * n) + l] * closed[(l * n) + j];
                        }
                    }

                    next[(i * n) + j] = sum;
                    change = Math.Max(change, Math.Abs(sum - cost[(i * n) + j]));
                    size = Math.Max(size, Math.Abs(sum));
                }
            }

            (cost, next) = (next, cost);
            if (!(size < 1e12) || Quadratic(cost, system.Disturbance) * inverse >= 1)
            {
                return null;
            }

            if (change <= 1e-14 * size)
            {
                closed = ClosedLoop(system, cost, inverse);
                return new RiccatiSolution(cost, Gain(system.Input, cost, closed, -1), Gain(system.Disturbance, cost, closed, inverse));
            }
        }

        return null;
    }

    /// <summary>(I + (B B' - D D' / eta^2) P)^-1 A: how the state goes on under the best input and the worst disturbance.</summary>
    private static double[] ClosedLoop(LinearSystem system, double[] cost, double inverse)
    {
        int n = system.States;
        double[] matrix = new double[n * n], right = system.Transition.ToArray();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = i == j ? 1 : 0;
                for (int k = 0; k < n; k++)
                {
                    sum += ((system.Input[i] * system.Input[k]) - (inverse * system.Disturbance[i] * system.Disturbance[k])) * cost[(k * n) + j];
                }

                matrix[(i * n) + j] = sum;
            }
        }

        Eliminate(matrix, right, n);
        return right;
    }

    /// <summary>Solves M X = R in place by elimination with the largest pivot of each column.</summary>
    private static void Eliminate(double[] matrix, double[] right, int n)
    {
        for (int column = 0; column < n; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < n; row++)
            {
                pivot = Math.Abs(matrix[(row * n) + column]) > Math.Abs(matrix[(pivot * n) + column]) ? row : pivot;
            }

            for (int j = 0; j < n; j++)
            {
                (matrix[(column * n) + j], matrix[(pivot * n) + j]) = (matrix[(pivot * n) + j], matrix[(column * n) + j]);
                (right[(column * n) + j], right[(pivot * n) + j]) = (right[(pivot * n) + j], right[(column * n) + j]);
            }

            for (int row = 0; row < n; row++)
            {
                double factor = row == column ? 0 : matrix[(row * n) + column] / matrix[(column * n) + column];
                for (int j = 0; j < n && factor != 0; j++)
                {
                    matrix[(row * n) + j] -= factor * matrix[(column * n) + j];
                    right[(row * n) + j] -= factor * right[(column * n) + j];
                }
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                right[(i * n) + j] /= matrix[(i * n) + i];
            }
        }
    }

    private static double Quadratic(double[] cost, ReadOnlySpan<double> vector)
    {
        double sum = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            for (int j = 0; j < vector.Length; j++)
            {
                sum += vector[i] * cost[(i * vector.Length) + j] * vector[j];
            }
        }

        return sum;
    }

    private static double[] Gain(ReadOnlySpan<double> vector, double[] cost, double[] closed, double scale)
    {
        int n = vector.Length;
        double[] gain = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                for (int j = 0; j < n; j++)
                {
                    gain[j] += scale * vector[i] * cost[(i * n) + k] * closed[(k * n) + j];
                }
            }
        }

        return gain;
    }
}
