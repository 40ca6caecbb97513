using Proximal.Tensors;

namespace Proximal.Control.Normalization;

/// <summary>
/// Mean and standard deviation of the rows of a data set, and rows scaled with them: (x - mean) / (deviation + epsilon). They do not change while
/// learning, and are kept as frozen parameters, so that they lie in the file of the policy.
/// </summary>
public sealed class RowScaling
{
    private readonly Parameter[] parameters;

    /// <summary>Creates a scaling that changes nothing.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="width">Floats per row.</param>
    public RowScaling(string name, int width)
    {
        parameters =
        [
            new Parameter($"{name}.mean", new Shape(width), trainable: false),
            new Parameter($"{name}.deviation", new Shape(width), trainable: false),
        ];
        parameters[1].Data.Fill(1);
    }

    /// <summary>What is saved and loaded: the mean and the standard deviation with its epsilon, each [width]. The policy that scales with them frees them.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>Takes mean and standard deviation from rows.</summary>
    /// <param name="rows">[rows, width], at least one.</param>
    /// <param name="epsilon">Added to the standard deviation (0.001 in TD3+BC).</param>
    public void Fit(ReadOnlySpan<float> rows, double epsilon = 1e-3)
    {
        Span<float> mean = parameters[0].Data, deviation = parameters[1].Data;
        int width = mean.Length, count = rows.Length / width;
        for (int i = 0; i < width; i++)
        {
            double sum = 0, squares = 0;
            for (int row = 0; row < count; row++)
            {
                sum += rows[(row * width) + i];
            }

            double centre = sum / count;
            for (int row = 0; row < count; row++)
            {
                double distance = rows[(row * width) + i] - centre;
                squares += distance * distance;
            }

            mean[i] = (float)centre;
            deviation[i] = (float)(Math.Sqrt(squares / count) + epsilon);
        }

        parameters[0].MarkChanged();
        parameters[1].MarkChanged();
    }

    /// <summary>Takes mean and variance from statistics that were gathered elsewhere.</summary>
    /// <param name="mean">[width].</param>
    /// <param name="variance">[width].</param>
    /// <param name="epsilon">Added to the standard deviation.</param>
    public void Assign(ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double epsilon = 1e-3)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            parameters[0].Data[i] = (float)mean[i];
            parameters[1].Data[i] = (float)(Math.Sqrt(variance[i]) + epsilon);
        }

        parameters[0].MarkChanged();
        parameters[1].MarkChanged();
    }

    /// <summary>Scales rows in place.</summary>
    /// <param name="rows">[rows, width].</param>
    public void Apply(Span<float> rows)
    {
        Span<float> centre = parameters[0].Data, spread = parameters[1].Data;
        for (int start = 0; start < rows.Length; start += centre.Length)
        {
            for (int i = 0; i < centre.Length; i++)
            {
                rows[start + i] = (rows[start + i] - centre[i]) / spread[i];
            }
        }
    }
}
