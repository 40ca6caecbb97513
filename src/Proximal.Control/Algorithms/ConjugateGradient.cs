namespace Proximal.Control.Algorithms;

/// <summary>A symmetric positive definite matrix by what it does to a vector.</summary>
/// <param name="vector">v.</param>
/// <param name="product">Receives the product.</param>
public delegate void MatrixProduct(ReadOnlySpan<double> vector, Span<double> product);

/// <summary>The method of conjugate gradients (Hestenes and Stiefel 1952).</summary>
public static class ConjugateGradient
{
    /// <summary>Solves M x = b from x = 0: in exact arithmetic within as many iterations as M has rows.</summary>
    /// <param name="matrix">M.</param>
    /// <param name="target">b.</param>
    /// <param name="solution">Receives x.</param>
    /// <param name="iterations">The most iterations.</param>
    /// <param name="tolerance">Ends when the squared norm of the residual falls below it.</param>
    /// <returns>Iterations done.</returns>
    public static int Solve(MatrixProduct matrix, ReadOnlySpan<double> target, Span<double> solution, int iterations, double tolerance = 1e-10)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        double[] residual = target.ToArray(), direction = target.ToArray(), product = new double[target.Length];
        solution.Clear();
        double square = Dot(residual, residual);
        int done = 0;
        for (; done < iterations && square > tolerance; done++)
        {
            matrix(direction, product);
            double step = square / Dot(direction, product);
            for (int i = 0; i < residual.Length; i++)
            {
                solution[i] += step * direction[i];
                residual[i] -= step * product[i];
            }

            double next = Dot(residual, residual);
            for (int i = 0; i < residual.Length; i++)
            {
                direction[i] = residual[i] + (next / square * direction[i]);
            }

            square = next;
        }

        return done;
    }

    internal static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
