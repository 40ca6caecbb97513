using Proximal.Models.Networks;
using Proximal.Tensors;

namespace Proximal.Control.Diffusion;

/// <summary>
/// Predicts the noise in a vector from the noisy vector, the step and a condition: e(x_k, k, c). The step is embedded by sines and two layers; all three go
/// through an MLP with Mish (Wang et al. 2023, Diffusion-QL).
/// </summary>
public sealed class DenoisingNetwork : IDisposable
{
    /// <summary>Numbers by which a step is embedded.</summary>
    public const int TimeWidth = 16;

    private readonly Mlp time;
    private readonly Mlp layers;
    private readonly Parameter[] parameters;
    private readonly float[] sines;

    /// <summary>Creates a network.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="width">Numbers of the vector.</param>
    /// <param name="conditionWidth">Numbers of the condition.</param>
    /// <param name="hidden">Widths of the hidden layers.</param>
    /// <param name="steps">Steps of the noise schedule.</param>
    /// <param name="seed">Seed of the first weights.</param>
    public DenoisingNetwork(string name, int width, int conditionWidth, ReadOnlySpan<int> hidden, int steps, ulong seed)
    {
        (Width, ConditionWidth) = (width, conditionWidth);
        time = new Mlp($"{name}.time", [TimeWidth, 2 * TimeWidth, TimeWidth], Activation.Mish, seed, WeightInitialization.FanIn, WeightInitialization.FanIn);
        layers = new Mlp($"{name}.layers", [width + TimeWidth + conditionWidth, .. hidden, width], Activation.Mish, seed, WeightInitialization.FanIn, WeightInitialization.FanIn);
        parameters = [.. time.Parameters, .. layers.Parameters];
        sines = new float[(steps + 1) * TimeWidth];
        for (int step = 0; step <= steps; step++)
        {
            for (int i = 0; i < TimeWidth / 2; i++)
            {
                double angle = step * Math.Exp(-Math.Log(10_000) * i / ((TimeWidth / 2) - 1));
                sines[(step * TimeWidth) + i] = (float)Math.Sin(angle);
                sines[(step * TimeWidth) + (TimeWidth / 2) + i] = (float)Math.Cos(angle);
            }
        }
    }

    /// <summary>Numbers of the vector.</summary>
    public int Width { get; }

    /// <summary>Numbers of the condition.</summary>
    public int ConditionWidth { get; }

    /// <summary>All parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>Predicts noise.</summary>
    /// <param name="noisy">x_k [rows, width].</param>
    /// <param name="steps">k of every row.</param>
    /// <param name="condition">c [rows, condition width].</param>
    /// <returns>e [rows, width].</returns>
    public Tensor Forward(Tensor noisy, ReadOnlySpan<int> steps, Tensor condition)
    {
        ArgumentNullException.ThrowIfNull(noisy);
        Tape tape = noisy.Tape!;
        Tensor embedding = tape.Empty(new Shape(steps.Length, TimeWidth));
        for (int row = 0; row < steps.Length; row++)
        {
            sines.AsSpan(steps[row] * TimeWidth, TimeWidth).CopyTo(embedding.Data[(row * TimeWidth)..]);
        }

        return layers.Forward(ShapeOperations.Concatenate(1, noisy, time.Forward(embedding), condition));
    }

    /// <summary>Takes over the values of another network.</summary>
    public void CopyFrom(DenoisingNetwork other)
    {
        ArgumentNullException.ThrowIfNull(other);
        time.CopyFrom(other.time);
        layers.CopyFrom(other.layers);
    }

    /// <summary>Moves the values towards those of another network: w = w + rate (other - w).</summary>
    public void MoveTowards(DenoisingNetwork other, float rate)
    {
        ArgumentNullException.ThrowIfNull(other);
        time.MoveTowards(other.time, rate);
        layers.MoveTowards(other.layers, rate);
    }

    /// <summary>Frees the parameters.</summary>
    public void Dispose()
    {
        time.Dispose();
        layers.Dispose();
    }
}
