using Proximal.Models.Generation;

namespace Proximal.Training;

/// <summary>Divides trees into consecutive runs of bounded size; a tree is never divided. A structure, so that going through them allocates nothing.</summary>
internal struct Microbatches
{
    private readonly IReadOnlyList<TokenTree> trees;
    private readonly int end;
    private readonly int largestTokens;

    private Microbatches(IReadOnlyList<TokenTree> trees, int start, int end, int largestTokens)
    {
        (this.trees, this.end, this.largestTokens) = (trees, end, largestTokens);
        Current = (start, start);
    }

    /// <summary>First tree of a run, and one past its last.</summary>
    public (int From, int To) Current { get; private set; }

    /// <summary>The runs from tree <paramref name="start"/> to before <paramref name="end"/>, each of at most so many tokens or one tree.</summary>
    public static Microbatches Of(IReadOnlyList<TokenTree> trees, int start, int end, int largestTokens) => new(trees, start, end, largestTokens);

    public readonly Microbatches GetEnumerator() => this;

    public bool MoveNext()
    {
        int from = Current.To, to = from, tokens = 0;
        while (to < end)
        {
            tokens += trees[to].TokenCount;
            if (to > from && tokens > largestTokens)
            {
                break;
            }

            to++;
        }

        Current = (from, to);
        return to > from;
    }
}
