using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Optimizers;

/// <summary>
/// Bounds the gradients of a set of parameters between the backward pass and the step. A norm that is not finite is returned as it is and
/// changes nothing: the caller decides what to do.
/// </summary>
public sealed unsafe class GradientClipping
{
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly CpuBackend backend;
    private readonly double[] partials;

    /// <summary>Creates clipping for parameters; frozen ones are passed over.</summary>
    public GradientClipping(IReadOnlyList<Parameter> parameters, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        this.parameters = parameters;
        backend = new CpuBackend(workers ?? Workers.Shared);
        int blocks = 0;
        foreach (Parameter parameter in parameters)
        {
            blocks = Math.Max(blocks, CpuBackend.SquareSumBlocks(parameter.Length));
        }

        partials = new double[blocks];
    }

    /// <summary>The Euclidean norm of all gradients together, summed in double precision in one order.</summary>
    public double Norm()
    {
        double sum = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            parameters[i].CompleteGradient();
            if (parameters[i].HasGradient)
            {
                sum += backend.SquareSum(parameters[i].GradientPointer, parameters[i].Length, partials);
            }
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Scales all gradients by limit / norm where the norm exceeds the limit.</summary>
    /// <param name="limit">The largest norm, above 0.</param>
    /// <returns>The norm before clipping; NaN or infinity where a gradient is not finite.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0.</exception>
    public double ByNorm(double limit)
    {
        CheckLimit(limit);
        double norm = Norm();
        if (double.IsFinite(norm) && norm > limit)
        {
            Scale((float)(limit / norm));
        }

        return norm;
    }

    /// <summary>Multiplies all gradients, as for the mean over accumulated batches.</summary>
    public void Scale(float factor)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            parameters[i].CompleteGradient();
            if (parameters[i].HasGradient)
            {
                float* gradient = parameters[i].GradientPointer;
                backend.AddScaled(gradient, gradient, parameters[i].Length, 0, factor);
            }
        }
    }

    /// <summary>Holds each element of the gradients in [-limit, limit]; NaN stays.</summary>
    /// <param name="limit">The largest magnitude, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0.</exception>
    public void ByValue(double limit)
    {
        CheckLimit(limit);
        for (int i = 0; i < parameters.Count; i++)
        {
            parameters[i].CompleteGradient();
            if (parameters[i].HasGradient)
            {
                float* gradient = parameters[i].GradientPointer;
                backend.Unary<UnaryKernels.Clamp>(gradient, gradient, parameters[i].Length, (float)-limit, (float)limit);
            }
        }
    }

    private static void CheckLimit(double limit)
    {
        if (!(limit > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "The limit must be above 0.");
        }
    }
}
