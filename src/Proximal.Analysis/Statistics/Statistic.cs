namespace Proximal.Analysis.Statistics;

/// <summary>A number that summarizes a sample.</summary>
public delegate double Statistic(ReadOnlySpan<double> values);
