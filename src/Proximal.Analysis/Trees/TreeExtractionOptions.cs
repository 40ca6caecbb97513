using System.Globalization;

namespace Proximal.Analysis.Trees;

/// <summary>Settings of <see cref="TreeExtraction"/>.</summary>
public sealed record TreeExtractionOptions
{
    /// <summary>Inputs on which the teacher is asked, 1 or more.</summary>
    public int Samples { get; init; } = 2000;

    /// <summary>Where they lie.</summary>
    public InputSampling Sampling { get; init; } = InputSampling.Historical;

    /// <summary>Standard deviation of the noise, as a share of each feature's standard deviation in the history; 0 or more.</summary>
    public double Noise { get; init; } = 0.01;

    /// <summary>How often the teacher is asked for each input, 1 or more; 1 is enough for one that always does the same.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Seed of inputs and noise.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Lower bounds of the features, at which noisy ones are clipped; none where empty.</summary>
    public IReadOnlyList<double> Low { get; init; } = [];

    /// <summary>Upper bounds of the features, at which noisy ones are clipped; none where empty.</summary>
    public IReadOnlyList<double> High { get; init; } = [];

    /// <summary>How the tree is fitted.</summary>
    public TreeLearnerOptions Tree { get; init; } = new();

    internal void Validate(int features)
    {
        Require(Samples is >= 1 and <= 10_000_000, nameof(Samples), Samples, "1 to 10,000,000");
        Require(Runs is >= 1 and <= 100_000, nameof(Runs), Runs, "1 to 100,000");
        Require(Noise is >= 0 and <= 1000, nameof(Noise), Noise, "0 to 1000");
        Require(Low.Count == 0 || Low.Count == features, "Low.Count", Low.Count, $"{features}, one bound for each feature, or none");
        Require(High.Count == 0 || High.Count == features, "High.Count", High.Count, $"{features}, one bound for each feature, or none");
        Tree.Validate();
    }

    private static void Require(bool holds, string key, double value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}, expected {expected}."));
        }
    }
}
