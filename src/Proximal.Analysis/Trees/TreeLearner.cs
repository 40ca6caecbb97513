namespace Proximal.Analysis.Trees;

/// <summary>
/// CART for classification (Breiman, Friedman, Olshen and Stone 1984): every question minimises the weighted Gini impurity
/// (n_l G_l + n_r G_r) / n with G = 1 - sum_k p_k^2, over all features and all thresholds halfway between neighbouring values. Among questions that are
/// equally good, the feature with the lower index and then the lower threshold wins, and among equally frequent actions the one with the lower index, so
/// that the order of the samples changes nothing.
/// </summary>
public static class TreeLearner
{
    /// <summary>Fits a tree.</summary>
    /// <param name="inputs">[samples, features], finite.</param>
    /// <param name="labels">Action of each sample [samples].</param>
    /// <param name="features">Name of every feature.</param>
    /// <param name="actions">What leaves decide among.</param>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">There is no sample, numbers do not fit, an input is not finite, or a label is no action.</exception>
    public static DecisionTree Fit(
        ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, IReadOnlyList<string> features, ActionSet actions, TreeLearnerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        options ??= new TreeLearnerOptions();
        options.Validate();
        Check(inputs, labels, features.Count, actions.Count);
        Growth growth = new(inputs.ToArray(), labels.ToArray(), features.Count, actions.Count, options);
        growth.Grow();
        TreeNode[] nodes = options.MergeEqualLeaves ? Merge(growth.Nodes) : [.. growth.Nodes];
        return new DecisionTree(features, actions, nodes);
    }

    private static void Check(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, int width, int actionCount)
    {
        if (labels.IsEmpty || inputs.Length != (long)labels.Length * width)
        {
            long expected = (long)labels.Length * width;
            throw new ArgumentException($"{labels.Length} labels of inputs with {width} features have {inputs.Length} numbers, expected at least one label and {expected} numbers.", nameof(inputs));
        }

        int bad = inputs.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (bad >= 0)
        {
            throw new ArgumentException($"Feature {bad % width} of sample {bad / width} is {inputs[bad]}, expected a finite number.", nameof(inputs));
        }

        int wrong = labels.IndexOfAnyExceptInRange(0, actionCount - 1);
        if (wrong >= 0)
        {
            throw new ArgumentException($"The label of sample {wrong} is {labels[wrong]}, expected 0 to {actionCount - 1}.", nameof(labels));
        }
    }

    /// <summary>Numbers the nodes anew, in the order of a walk that takes the left way first, without questions whose answers lead to the same action.</summary>
    private static TreeNode[] Merge(List<TreeNode> nodes)
    {
        List<TreeNode> kept = [];
        Visit(0);
        return [.. kept];

        int Visit(int id)
        {
            int place = kept.Count;
            TreeNode node = nodes[id];
            kept.Add(node);
            if (node.IsLeaf)
            {
                return place;
            }

            int left = Visit(node.Left), right = Visit(node.Right);
            if (kept[left].IsLeaf && kept[right].IsLeaf && kept[left].Action == kept[right].Action)
            {
                int action = kept[left].Action;
                kept.RemoveRange(place + 1, kept.Count - place - 1);
                kept[place] = TreeNode.Leaf(action, node.Samples, node.Impurity);
            }
            else
            {
                kept[place] = node with { Left = left, Right = right };
            }

            return place;
        }
    }

    /// <summary>The samples of a node are a range of every feature's order, which questions divide stably.</summary>
    private sealed class Growth
    {
        private readonly float[] inputs;
        private readonly int[] labels;
        private readonly int width;
        private readonly TreeLearnerOptions options;
        private readonly int[][] orders;
        private readonly int[] scratch;
        private readonly bool[] goesLeft;
        private readonly int[] counts;
        private readonly int[] left;
        private readonly int[] right;

        public Growth(float[] inputs, int[] labels, int width, int actionCount, TreeLearnerOptions options)
        {
            (this.inputs, this.labels, this.width, this.options) = (inputs, labels, width, options);
            (scratch, goesLeft) = (new int[labels.Length], new bool[labels.Length]);
            (counts, left, right) = (new int[actionCount], new int[actionCount], new int[actionCount]);
            orders = new int[width][];
            for (int feature = 0; feature < width; feature++)
            {
                int[] order = [.. Enumerable.Range(0, labels.Length)];
                int column = feature;
                Array.Sort(order, (a, b) => (inputs[(a * width) + column], a).CompareTo((inputs[(b * width) + column], b)));
                orders[feature] = order;
            }
        }

        public List<TreeNode> Nodes { get; } = [];

        public void Grow() => Grow(0, labels.Length, 0);

        private int Grow(int start, int count, int level)
        {
            Array.Clear(counts);
            foreach (int sample in orders[0].AsSpan(start, count))
            {
                counts[labels[sample]]++;
            }

            int action = Array.IndexOf(counts, counts.Max()), id = Nodes.Count;
            double impurity = 1 - (SumOfSquares(counts) / ((double)count * count));
            Nodes.Add(TreeNode.Leaf(action, count, impurity));
            if (level == options.MaximumDepth || counts[action] == count || Find(start, count) is not (int feature, double threshold, int leftCount))
            {
                return id;
            }

            Divide(start, count, feature, leftCount);
            int leftId = Grow(start, leftCount, level + 1), rightId = Grow(start + leftCount, count - leftCount, level + 1);
            Nodes[id] = new TreeNode(feature, threshold, leftId, rightId, action, count, impurity);
            return id;
        }

        /// <summary>The best question, which maximises sum_k l_k^2 / n_l + sum_k r_k^2 / n_r; null where every feature is constant or leaves would be too small.</summary>
        private (int Feature, double Threshold, int LeftCount)? Find(int start, int count)
        {
            double best = double.NegativeInfinity;
            (int Feature, double Threshold, int LeftCount)? found = null;
            for (int feature = 0; feature < width; feature++)
            {
                ReadOnlySpan<int> order = orders[feature].AsSpan(start, count);
                Array.Clear(left);
                counts.CopyTo(right, 0);
                long leftSquares = 0, rightSquares = SumOfSquares(right);
                for (int i = 0; i < count - 1; i++)
                {
                    int label = labels[order[i]];
                    leftSquares += (2L * left[label]++) + 1;
                    rightSquares -= (2L * right[label]--) - 1;
                    double here = inputs[(order[i] * width) + feature], next = inputs[(order[i + 1] * width) + feature];
                    int leftCount = i + 1, rightCount = count - leftCount;
                    if (here == next || leftCount < options.MinimumLeaf || rightCount < options.MinimumLeaf)
                    {
                        continue;
                    }

                    double purity = ((double)leftSquares / leftCount) + ((double)rightSquares / rightCount);
                    if (purity > best)
                    {
                        // Halfway between two singles is exact, or rounds to a double between them.
                        (best, found) = (purity, (feature, here + ((next - here) / 2), leftCount));
                    }
                }
            }

            return found;
        }

        private void Divide(int start, int count, int feature, int leftCount)
        {
            ReadOnlySpan<int> chosen = orders[feature].AsSpan(start, count);
            for (int i = 0; i < count; i++)
            {
                goesLeft[chosen[i]] = i < leftCount;
            }

            foreach (int[] order in orders)
            {
                Span<int> range = order.AsSpan(start, count);
                int toLeft = 0, toRight = leftCount;
                foreach (int sample in range)
                {
                    scratch[goesLeft[sample] ? toLeft++ : toRight++] = sample;
                }

                scratch.AsSpan(0, count).CopyTo(range);
            }
        }

        private static long SumOfSquares(int[] values)
        {
            long sum = 0;
            foreach (int value in values)
            {
                sum += (long)value * value;
            }

            return sum;
        }
    }
}
