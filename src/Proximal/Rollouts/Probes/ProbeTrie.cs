namespace Proximal.Rollouts.Probes;

/// <summary>
/// The distribution of a sentence that is drawn uniformly from a pool, token by token: <c>p(t | t_1..t_k) = #(sentences that begin t_1..t_k t) / #(sentences that begin
/// t_1..t_k)</c>. A sentence that is the beginning of another may end at a node, which takes its share of what leaves the node.
/// </summary>
public sealed class ProbeTrie
{
    private readonly Node root = new();

    /// <summary>Counts the sentences.</summary>
    /// <param name="sentences">Tokens of each sentence; equal ones count as often as they stand there.</param>
    /// <exception cref="ArgumentException">There is no sentence, or one is empty.</exception>
    public ProbeTrie(IReadOnlyList<int[]> sentences)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        if (sentences.Count == 0 || sentences.Any(sentence => sentence.Length == 0))
        {
            throw new ArgumentException("A pool needs sentences of at least one token.", nameof(sentences));
        }

        foreach (int[] sentence in sentences)
        {
            Node node = root;
            node.Count++;
            foreach (int token in sentence)
            {
                node = node.Child(token);
                node.Count++;
            }
        }
    }

    /// <summary>The probability of every token of a sentence after those before it; 0 from the first token on with which no sentence goes on.</summary>
    /// <param name="sentence">The tokens.</param>
    /// <param name="probabilities">Receives one number a token. [tokens]</param>
    public void Compute(ReadOnlySpan<int> sentence, Span<double> probabilities)
    {
        Node? node = root;
        for (int t = 0; t < sentence.Length; t++)
        {
            Node? next = node?.Find(sentence[t]);
            probabilities[t] = next is null ? 0 : (double)next.Count / node!.Count;
            node = next;
        }
    }

    /// <summary>What can follow some tokens: each token with its probability, and the probability that the sentence ends here.</summary>
    /// <exception cref="ArgumentException">No sentence begins with these tokens.</exception>
    public (IReadOnlyList<(int Token, double Probability)> Tokens, double End) Next(ReadOnlySpan<int> prefix)
    {
        Node node = root;
        foreach (int token in prefix)
        {
            node = node.Find(token) ?? throw new ArgumentException("No sentence of the pool begins with these tokens.", nameof(prefix));
        }

        (int, double)[] next = [.. node.Children.Select(child => (child.Key, (double)child.Value.Count / node.Count))];
        return (next, (double)(node.Count - node.Children.Sum(child => child.Value.Count)) / node.Count);
    }

    private sealed class Node
    {
        private readonly SortedDictionary<int, Node> children = [];

        public int Count { get; set; }

        public IReadOnlyCollection<KeyValuePair<int, Node>> Children => children;

        public Node? Find(int token) => children.GetValueOrDefault(token);

        public Node Child(int token)
        {
            if (!children.TryGetValue(token, out Node? child))
            {
                children.Add(token, child = new Node());
            }

            return child;
        }
    }
}
