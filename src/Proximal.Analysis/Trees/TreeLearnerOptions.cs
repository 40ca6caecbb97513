using System.Globalization;

namespace Proximal.Analysis.Trees;

/// <summary>Settings of <see cref="TreeLearner"/>.</summary>
public sealed record TreeLearnerOptions
{
    /// <summary>The most questions before a decision, 0 to <see cref="DecisionTree.DeepestLevel"/>.</summary>
    public int MaximumDepth { get; init; } = DecisionTree.DeepestLevel;

    /// <summary>Samples that a leaf has at least, 1 or more.</summary>
    public int MinimumLeaf { get; init; } = 1;

    /// <summary>Whether two leaves under one question that do the same become one, which changes no decision.</summary>
    public bool MergeEqualLeaves { get; init; } = true;

    /// <summary>Refuses settings outside their ranges.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (MaximumDepth is < 0 or > DecisionTree.DeepestLevel)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"MaximumDepth is {MaximumDepth}, expected 0 to {DecisionTree.DeepestLevel}."));
        }

        if (MinimumLeaf < 1)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"MinimumLeaf is {MinimumLeaf}, expected at least 1."));
        }
    }
}
