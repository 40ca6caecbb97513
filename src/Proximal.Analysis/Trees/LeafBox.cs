namespace Proximal.Analysis.Trees;

/// <summary>All inputs that reach a leaf: an interval for every feature, open below and closed above as the questions of a tree cut them.</summary>
/// <param name="Node">Id of the leaf.</param>
/// <param name="Action">What it does.</param>
/// <param name="Samples">Training samples that came there.</param>
/// <param name="Bounds">The interval of every feature [features].</param>
public sealed record LeafBox(int Node, int Action, int Samples, IReadOnlyList<Interval> Bounds)
{
    /// <summary>Whether an input reaches the leaf.</summary>
    /// <param name="input">[features].</param>
    public bool Contains(ReadOnlySpan<float> input)
    {
        for (int i = 0; i < Bounds.Count; i++)
        {
            if (!Bounds[i].Contains(input[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The share of a box of inputs that reaches the leaf.</summary>
    /// <param name="low">Lower bounds of the inputs [features].</param>
    /// <param name="high">Upper bounds, each above its lower one [features].</param>
    public double Share(ReadOnlySpan<double> low, ReadOnlySpan<double> high)
    {
        double share = 1;
        for (int i = 0; i < Bounds.Count; i++)
        {
            share *= Bounds[i].Intersect(new Interval(low[i], high[i], true)).Length / (high[i] - low[i]);
        }

        return share;
    }
}
