using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Control.Buildings;

/// <summary>
/// A learned thermal model: a network of outdoor temperature, humidity, wind, radiation, people, temperature of the zone and both setpoints, three layers of 200 SiLU (An et al. 2024), that
/// predicts the change of the zone's temperature in a quarter-hour by least squares. Inputs and changes are brought to mean 0 and standard deviation 1 on the rows that are
/// learned from. Rows may be wider, see <see cref="ThermalSeries.WithContext"/>; the temperature of the zone stands at <see cref="ThermalSeries.ZoneColumn"/>.
/// </summary>
public sealed class ThermalModel : IDisposable
{
    private const int ChunkRows = 1024;

    private readonly Network network;
    private readonly Tape inference;
    private readonly Parameter scaling;

    /// <summary>A model that has learned nothing: the temperature stays as it is, more or less.</summary>
    internal ThermalModel(int width, ThermalModelOptions options, Workers? workers)
    {
        options.Validate();
        network = NetworkBuilder.Build("thermal", new NetworkSettings { Hidden = options.Hidden, Activation = options.Activation, Orthogonal = false }, new Shape(width), 1, 1, options.Seed);
        inference = new Tape(workers, recording: false);
        scaling = new Parameter("thermal.scaling", new Shape(2, width + 1), trainable: false);
        Scales.Fill(1);
        Parameters = [.. network.Parameters, scaling];
        Width = width;
    }

    /// <summary>Numbers of a row.</summary>
    public int Width { get; }

    /// <summary>Weights, and means and deviations of inputs and changes: all that was learned.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Means of the columns, and of the change at the end.</summary>
    private Span<float> Means => scaling.Data[..(scaling.Length / 2)];

    /// <summary>Standard deviations of the columns, and of the change at the end.</summary>
    private Span<float> Scales => scaling.Data[(scaling.Length / 2)..];

    /// <summary>Learns a model.</summary>
    /// <param name="rows">[rows, width], at least <see cref="ThermalSeries.BaseWidth"/> wide.</param>
    /// <param name="next">Temperatures of the zone a quarter-hour later [rows].</param>
    /// <param name="chosen">Rows to learn from; all of them when null.</param>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <param name="workers">Threads; the calling thread alone when null.</param>
    /// <exception cref="ArgumentException">The lengths do not agree, or a setting is outside its range.</exception>
    public static ThermalModel Fit(ReadOnlySpan<float> rows, ReadOnlySpan<float> next, IReadOnlyList<int>? chosen = null, ThermalModelOptions? options = null, Workers? workers = null)
    {
        options ??= new ThermalModelOptions();
        if (next.IsEmpty || rows.Length % next.Length != 0 || rows.Length / next.Length < ThermalSeries.BaseWidth)
        {
            throw new ArgumentException($"{next.Length} temperatures and {rows.Length} numbers of rows do not fit.", nameof(rows));
        }

        ThermalModel model = new(rows.Length / next.Length, options, workers);
        model.Learn(rows, next, chosen, options, workers);
        return model;
    }

    /// <summary>Learns from rows, beginning with the present weights.</summary>
    /// <param name="rows">[rows, width].</param>
    /// <param name="next">Temperatures of the zone a quarter-hour later [rows].</param>
    /// <param name="chosen">Rows to learn from; all of them when null.</param>
    /// <param name="options">Settings.</param>
    /// <param name="workers">Threads; the calling thread alone when null.</param>
    /// <returns>Root of the mean squared error of the last pass in K.</returns>
    internal double Learn(ReadOnlySpan<float> rows, ReadOnlySpan<float> next, IReadOnlyList<int>? chosen, ThermalModelOptions options, Workers? workers)
    {
        int[] order = chosen is null ? [.. Enumerable.Range(0, next.Length)] : [.. chosen];
        if (order.Length == 0)
        {
            throw new ArgumentException("There is no row to learn from.", nameof(chosen));
        }

        Measure(rows, next, order);
        return Descend(rows, next, order, options, workers);
    }

    /// <summary>Predicts temperatures of the zone a quarter-hour later.</summary>
    /// <param name="rows">[rows, width].</param>
    /// <param name="next">Receives the temperatures [rows].</param>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    public void Predict(ReadOnlySpan<float> rows, Span<float> next)
    {
        if (rows.Length != (long)next.Length * Width)
        {
            throw new ArgumentException($"{next.Length} rows of {Width} numbers were expected, not {rows.Length} numbers.", nameof(rows));
        }

        for (int start = 0; start < next.Length; start += ChunkRows)
        {
            int count = Math.Min(ChunkRows, next.Length - start);
            ReadOnlySpan<float> chunk = rows.Slice(start * Width, count * Width);
            inference.Reset();
            Tensor input = inference.Empty(new Shape(count, Width));
            Normalize(chunk, input.Data);
            ReadOnlySpan<float> changes = network.Forward(input).Data;
            (float changeMean, float changeScale) = (Means[^1], Scales[^1]);
            for (int i = 0; i < count; i++)
            {
                next[start + i] = chunk[(i * Width) + ThermalSeries.ZoneColumn] + changeMean + (changeScale * changes[i]);
            }
        }
    }

    /// <summary>Root of the mean squared error of predictions in K.</summary>
    /// <param name="rows">[rows, width].</param>
    /// <param name="next">Temperatures of the zone a quarter-hour later [rows].</param>
    /// <param name="chosen">Rows that are measured; all of them when null.</param>
    public double RootMeanSquaredError(ReadOnlySpan<float> rows, ReadOnlySpan<float> next, IReadOnlyList<int>? chosen = null)
    {
        float[] predicted = new float[next.Length];
        Predict(rows, predicted);
        return Error(predicted, next, chosen);
    }

    /// <summary>The error of who predicts that the temperature stays as it is.</summary>
    /// <param name="rows">[rows, width].</param>
    /// <param name="next">Temperatures of the zone a quarter-hour later [rows].</param>
    /// <param name="chosen">Rows that are measured; all of them when null.</param>
    public static double PersistenceError(ReadOnlySpan<float> rows, ReadOnlySpan<float> next, IReadOnlyList<int>? chosen = null)
    {
        float[] same = new float[next.Length];
        int width = next.IsEmpty ? 0 : rows.Length / next.Length;
        for (int i = 0; i < same.Length; i++)
        {
            same[i] = rows[(i * width) + ThermalSeries.ZoneColumn];
        }

        return Error(same, next, chosen);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        network.Dispose();
        scaling.Dispose();
        inference.Dispose();
    }

    private static double Error(ReadOnlySpan<float> predicted, ReadOnlySpan<float> next, IReadOnlyList<int>? chosen)
    {
        double sum = 0;
        int count = chosen?.Count ?? next.Length;
        for (int i = 0; i < count; i++)
        {
            int row = chosen?[i] ?? i;
            double error = predicted[row] - next[row];
            sum += error * error;
        }

        return Math.Sqrt(sum / count);
    }

    private void Measure(ReadOnlySpan<float> rows, ReadOnlySpan<float> next, int[] order)
    {
        for (int column = 0; column < Width; column++)
        {
            double sum = 0, squares = 0;
            foreach (int row in order)
            {
                double value = rows[(row * Width) + column];
                (sum, squares) = (sum + value, squares + (value * value));
            }

            (Means[column], Scales[column]) = Moments(sum, squares, order.Length);
        }

        double changes = 0, changeSquares = 0;
        foreach (int row in order)
        {
            double change = next[row] - rows[(row * Width) + ThermalSeries.ZoneColumn];
            (changes, changeSquares) = (changes + change, changeSquares + (change * change));
        }

        (Means[^1], Scales[^1]) = Moments(changes, changeSquares, order.Length);
        scaling.MarkChanged();
    }

    /// <summary>A column that never changes is left as it is.</summary>
    private static (float Mean, float Scale) Moments(double sum, double squares, int count)
    {
        double mean = sum / count, deviation = Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
        return ((float)mean, deviation > 1e-6 ? (float)deviation : 1);
    }

    private double Descend(ReadOnlySpan<float> rows, ReadOnlySpan<float> next, int[] order, ThermalModelOptions options, Workers? workers)
    {
        (float changeMean, float changeScale) = (Means[^1], Scales[^1]);
        double squares = 0;
        using Adam optimizer = new(network.Parameters, new AdamOptions { LearningRate = options.LearningRate }, workers);
        using Tape tape = new(workers);
        int batch = Math.Min(options.Batch, order.Length), batches = order.Length / batch;
        float[] chosen = new float[batch * Width], gradients = new float[batch];
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            squares = 0;
            new RandomStream(options.Seed, RandomPurpose.Minibatches, epoch).Shuffle<int>(order);
            for (int b = 0; b < batches; b++)
            {
                ReadOnlySpan<int> members = order.AsSpan(b * batch, batch);
                for (int i = 0; i < batch; i++)
                {
                    rows.Slice(members[i] * Width, Width).CopyTo(chosen.AsSpan(i * Width));
                }

                tape.Reset();
                Tensor input = tape.Empty(new Shape(batch, Width));
                Normalize(chosen, input.Data);
                Tensor output = network.Forward(input);
                for (int i = 0; i < batch; i++)
                {
                    float change = next[members[i]] - chosen[(i * Width) + ThermalSeries.ZoneColumn];
                    float error = output.Data[i] - ((change - changeMean) / changeScale);
                    gradients[i] = 2 * error / batch;
                    squares += error * error;
                }

                tape.Seed(output, gradients);
                tape.Backward();
                double progress = (double)((epoch * batches) + b) / (options.Epochs * batches);
                optimizer.Step(options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * progress)));
                optimizer.ClearGradients();
            }
        }

        return changeScale * Math.Sqrt(squares / (batches * batch));
    }

    private void Normalize(ReadOnlySpan<float> rows, Span<float> normalized)
    {
        ReadOnlySpan<float> means = Means, scales = Scales;
        for (int start = 0; start < rows.Length; start += Width)
        {
            for (int column = 0; column < Width; column++)
            {
                normalized[start + column] = (rows[start + column] - means[column]) / scales[column];
            }
        }
    }
}
