using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Rollouts;
using Proximal.Tasks;

namespace Proximal.Supplements;

/// <summary>
/// Chains that are learned from: a plain prompt, and below it a response of origin teacher. Tokens that a model wrote stay the tokens that it wrote; only what is
/// put in their place is tokenized.
/// </summary>
internal sealed class TargetChains(SupplementParts parts)
{
    private readonly int[] turnEnds = ParallelRollouts.TurnEnds(parts.Environment, parts.Tokenizer);

    /// <summary>
    /// What a trajectory thought, and the gold answer, below the plain prompt of its problem: thought and answer are a segment each. Null where it comes to no
    /// answer or does not fit into the context.
    /// </summary>
    /// <param name="plain">The problem without hint.</param>
    /// <param name="source">A trajectory of the same problem, with or without hint.</param>
    public TokenTree? WithGoldAnswer(TaskInstance plain, Trajectory source)
    {
        if (parts.Task.WithGoldAnswer(plain, source.Response) is not { } split)
        {
            return null;
        }

        TokenTree chain = Prompt(plain);
        TokenSegment thought = chain.Branch(0, SegmentOrigin.Teacher, Written(source, split.Thought));
        TokenSegment answer = chain.Branch(thought.Index, SegmentOrigin.Teacher, parts.Tokenizer.Encode(split.Answer));
        return Finish(chain, answer);
    }

    /// <summary>A response of an expert below the plain prompt; null where it does not fit into the context.</summary>
    public TokenTree? Of(TaskInstance plain, string response)
    {
        TokenTree chain = Prompt(plain);
        return Finish(chain, chain.Branch(0, SegmentOrigin.Teacher, parts.Tokenizer.Encode(response)));
    }

    /// <summary>The tokens of a trajectory as they were sampled, below the plain prompt of its problem.</summary>
    public TokenTree Of(Trajectory trajectory)
    {
        TokenTree chain = Prompt(trajectory.Instance);
        TokenSegment response = chain.Branch(0, SegmentOrigin.Teacher);
        foreach (TokenSegment turn in Turns(trajectory))
        {
            foreach (int token in turn.Tokens)
            {
                response.Append(token, 0, 0);
            }
        }

        return chain;
    }

    private TokenTree Prompt(TaskInstance plain) => new(parts.Tokenizer.EncodePrompt(plain.Prompt));

    private TokenTree? Finish(TokenTree chain, TokenSegment last)
    {
        last.Append(parts.EndOfSequence, 0, 0);
        last.End = EndReason.Finished;
        return chain.TokenCount <= parts.Context ? chain : null;
    }

    /// <summary>The tokens of the beginning of a response: as many of those that were sampled as lie within it, and new ones for what is left of a token that does not.</summary>
    private int[] Written(Trajectory source, string beginning)
    {
        int[] sampled = [.. Turns(source).SelectMany(turn => ParallelRollouts.WithoutEnd(turn, turnEnds).ToArray())];
        int within = 0, beyond = sampled.Length + 1;
        while (beyond - within > 1)
        {
            int middle = (within + beyond) / 2;
            (within, beyond) = parts.Tokenizer.Decode(sampled.AsSpan(0, middle)).Length <= beginning.Length ? (middle, beyond) : (within, middle);
        }

        string kept = parts.Tokenizer.Decode(sampled.AsSpan(0, within));
        return beginning.StartsWith(kept, StringComparison.Ordinal)
            ? [.. sampled.AsSpan(0, within), .. parts.Tokenizer.Encode(beginning.AsSpan(kept.Length))]
            : parts.Tokenizer.Encode(beginning);
    }

    private static IEnumerable<TokenSegment> Turns(Trajectory trajectory)
    {
        List<int> path = [];
        trajectory.Tree.WritePath(trajectory.Leaf, path);
        return path.Select(index => trajectory.Tree.Segments[index]).Where(segment => segment.Origin == SegmentOrigin.Policy);
    }
}
