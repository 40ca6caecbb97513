using Proximal.Tensors.Random;

namespace Proximal.Analysis.Trees;

/// <summary>
/// Makes a decision tree of any discrete policy over named features: samples inputs near those that really occur, asks the policy what it does there (several
/// times where it draws random numbers, keeping the most frequent action), and fits a tree to the answers. Sampling near the history needs far fewer
/// questions than sampling uniformly, because a building, or a cart, visits a small part of the box of its features
/// (An et al. 2024, "Go Beyond Black-box Policies: Rethinking the Design of Learning Agent for Interpretable and Verifiable HVAC Control").
/// </summary>
public static class TreeExtraction
{
    /// <summary>Extracts a tree.</summary>
    /// <param name="teacher">The policy.</param>
    /// <param name="history">Inputs that occurred [rows, features].</param>
    /// <param name="features">Name of every feature.</param>
    /// <param name="actions">What the policy decides among.</param>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">The history is empty or does not fit, or a setting is outside its range.</exception>
    public static DecisionTree Extract(
        Teacher teacher, ReadOnlySpan<float> history, IReadOnlyList<string> features, ActionSet actions, TreeExtractionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        options ??= new TreeExtractionOptions();
        float[] inputs = SampleInputs(history, features.Count, options);
        int[] labels = TeacherLabels.Mode(teacher, inputs, options.Samples, actions.Count, options.Runs);
        return TreeLearner.Fit(inputs, labels, features, actions, options.Tree);
    }

    /// <summary>
    /// Draws inputs: random rows of the history with noise N(0, (noise std_j)^2) on every feature j, clipped to the bounds, or uniform ones. A feature whose history holds
    /// whole numbers alone, as a count of people, stays a whole number: noise leaves it as it is.
    /// </summary>
    /// <param name="history">[rows, features].</param>
    /// <param name="features">Number of features.</param>
    /// <param name="options">Settings.</param>
    /// <returns>[samples, features].</returns>
    /// <exception cref="ArgumentException">The history is empty or does not fit, or a setting is outside its range.</exception>
    public static float[] SampleInputs(ReadOnlySpan<float> history, int features, TreeExtractionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        options.Validate(features);
        if (history.IsEmpty || history.Length % features != 0)
        {
            throw new ArgumentException($"The history has {history.Length} numbers, expected rows of {features}.", nameof(history));
        }

        FeatureSpread[] spreads = new FeatureSpread[features];
        for (int feature = 0; feature < features; feature++)
        {
            spreads[feature] = FeatureSpread.Of(history, features, feature);
        }

        float[] inputs = new float[checked(options.Samples * features)];
        for (int sample = 0; sample < options.Samples; sample++)
        {
            // Sample i is the same whatever their number is: more samples are a continuation of fewer.
            RandomStream random = new(options.Seed, RandomPurpose.Teacher, sample);
            ReadOnlySpan<float> row = history.Slice(random.Integer(0, history.Length / features) * features, features);
            Span<float> input = inputs.AsSpan(sample * features, features);
            for (int feature = 0; feature < features; feature++)
            {
                FeatureSpread spread = spreads[feature];
                double drawn = options.Sampling == InputSampling.Uniform ? spread.Draw(random.Uniform(feature + 1))
                    : spread.IsWhole ? row[feature]
                    : row[feature] + (options.Noise * spread.Deviation * random.Normal(features + feature + 1));
                input[feature] = (float)Math.Clamp(
                    drawn,
                    options.Low.Count == 0 ? double.NegativeInfinity : options.Low[feature],
                    options.High.Count == 0 ? double.PositiveInfinity : options.High[feature]);
            }
        }

        return inputs;
    }

    private readonly record struct FeatureSpread(double Low, double High, double Deviation, bool IsWhole)
    {
        public static FeatureSpread Of(ReadOnlySpan<float> history, int features, int feature)
        {
            double low = double.PositiveInfinity, high = double.NegativeInfinity, sum = 0, squares = 0;
            bool whole = true;
            int rows = history.Length / features;
            for (int row = 0; row < rows; row++)
            {
                double value = history[(row * features) + feature];
                (low, high, sum) = (Math.Min(low, value), Math.Max(high, value), sum + value);
                whole &= value == Math.Floor(value);
            }

            double mean = sum / rows;
            for (int row = 0; row < rows; row++)
            {
                double difference = history[(row * features) + feature] - mean;
                squares += difference * difference;
            }

            return new FeatureSpread(low, high, Math.Sqrt(squares / rows), whole);
        }

        public double Draw(double uniform) => IsWhole ? Low + Math.Floor(uniform * (High - Low + 1)) : Low + (uniform * (High - Low));
    }
}
