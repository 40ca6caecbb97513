namespace Proximal.Selection;

/// <summary>
/// Adam's moments of the output layer, for predicting what Adam would do with the gradient of one token. Rows of the vocabulary that were never touched take no
/// memory and count as zero.
/// </summary>
/// <param name="beta1">β1.</param>
/// <param name="beta2">β2.</param>
public sealed class OutputMoments(double beta1, double beta2) : IStateful
{
    private const double Epsilon = 1e-8;

    private readonly SortedDictionary<int, (double[] First, double[] Second)> rows = [];

    /// <summary>Number of updates so far.</summary>
    public int Steps { get; private set; }

    /// <summary>
    /// The logits' direction <c>u = G h</c> with G what Adam would make of <c>g = A v hᵀ</c>: <c>m̂ / (√ŝ + 1e-8)</c> after appending g to the moments, which stay as
    /// they are. Before the first update G is g.
    /// </summary>
    /// <param name="vocabulary">Which rows of the output layer. [rows]</param>
    /// <param name="hidden">h. [hidden]</param>
    /// <param name="score">v of those rows. [rows]</param>
    /// <param name="advantage">A.</param>
    /// <param name="direction">Receives u. [rows]</param>
    public void Direction(ReadOnlySpan<int> vocabulary, ReadOnlySpan<float> hidden, ReadOnlySpan<double> score, double advantage, Span<double> direction)
    {
        if (Steps == 0)
        {
            OutputCurvature.GradientDirection(hidden, score, advantage, direction);
            return;
        }

        double first = 1 - Math.Pow(beta1, Steps + 1), second = 1 - Math.Pow(beta2, Steps + 1);
        for (int j = 0; j < vocabulary.Length; j++)
        {
            bool known = rows.TryGetValue(vocabulary[j], out (double[] First, double[] Second) row);
            double sum = 0;
            for (int i = 0; i < hidden.Length; i++)
            {
                double gradient = advantage * score[j] * hidden[i];
                double m = (beta1 * (known ? row.First[i] : 0)) + ((1 - beta1) * gradient);
                double s = (beta2 * (known ? row.Second[i] : 0)) + ((1 - beta2) * gradient * gradient);
                sum += m / first / (Math.Sqrt(s / second) + Epsilon) * hidden[i];
            }

            direction[j] = sum;
        }
    }

    /// <summary>One update of the moments with a gradient of the whole layer; rows that it lacks decay.</summary>
    /// <param name="gradient">The gradient by rows of the vocabulary. [hidden] each</param>
    public void Update(IReadOnlyDictionary<int, double[]> gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        Steps++;
        foreach ((int row, double[] values) in gradient)
        {
            rows.TryAdd(row, (new double[values.Length], new double[values.Length]));
        }

        foreach ((int row, (double[] first, double[] second)) in rows)
        {
            bool known = gradient.TryGetValue(row, out double[]? values);
            for (int i = 0; i < first.Length; i++)
            {
                double g = known ? values![i] : 0;
                first[i] = (beta1 * first[i]) + ((1 - beta1) * g);
                second[i] = (beta2 * second[i]) + ((1 - beta2) * g * g);
            }
        }
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state["moments-steps"] = [Steps];
        state["moments-rows"] = [.. rows.Keys.Select(row => (double)row)];
        state["moments-first"] = [.. rows.Values.SelectMany(row => row.First)];
        state["moments-second"] = [.. rows.Values.SelectMany(row => row.Second)];
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">Moments that do not belong to the rows.</exception>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double[] keys = state["moments-rows"], first = state["moments-first"], second = state["moments-second"];
        if (first.Length != second.Length || (keys.Length == 0 ? first.Length > 0 : first.Length % keys.Length != 0))
        {
            throw new InvalidDataException($"{first.Length} first and {second.Length} second moments for {keys.Length} rows.");
        }

        Steps = (int)state["moments-steps"][0];
        rows.Clear();
        int width = keys.Length == 0 ? 0 : first.Length / keys.Length;
        for (int row = 0; row < keys.Length; row++)
        {
            rows[(int)keys[row]] = (first[(row * width)..((row + 1) * width)], second[(row * width)..((row + 1) * width)]);
        }
    }
}
