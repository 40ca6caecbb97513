namespace Proximal.Analysis.Trees;

/// <summary>A node of a <see cref="DecisionTree"/>: a question about one feature, or a leaf with an action.</summary>
/// <param name="Feature">Index of the feature that is asked about; -1 for a leaf.</param>
/// <param name="Threshold">Inputs whose feature is at most this go left, all others right; 0 for a leaf.</param>
/// <param name="Left">Id of the left child; -1 for a leaf.</param>
/// <param name="Right">Id of the right child; -1 for a leaf.</param>
/// <param name="Action">What a leaf does; of an inner node the most frequent action of its samples.</param>
/// <param name="Samples">Training samples that came here; 0 where that is not known.</param>
/// <param name="Impurity">Their Gini impurity 1 - sum_k p_k^2.</param>
public readonly record struct TreeNode(int Feature, double Threshold, int Left, int Right, int Action, int Samples, double Impurity)
{
    /// <summary>Whether the node decides.</summary>
    public bool IsLeaf => Feature < 0;

    /// <summary>A leaf.</summary>
    public static TreeNode Leaf(int action, int samples = 0, double impurity = 0) => new(-1, 0, -1, -1, action, samples, impurity);
}
