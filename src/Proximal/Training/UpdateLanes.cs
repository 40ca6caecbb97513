using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Tensors;

namespace Proximal.Training;

/// <summary>
/// Goes through trees in lanes of microbatches. A lane takes a run of consecutive trees with its share of the tokens; within a lane, sums continue where
/// the last microbatch stopped. So neither the size of microbatches nor the number of threads changes a bit of a gradient.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="workers">Threads.</param>
/// <param name="microbatchTokens">Tokens of a microbatch; together the microbatches of all lanes bound the memory.</param>
internal sealed class UpdateLanes(LlamaModel model, Workers workers, int microbatchTokens) : IDisposable
{
    private readonly LlamaLanes llama = new(model, workers);
    private readonly UpdateLane[] lanes = [.. Enumerable.Range(0, LlamaLanes.Maximum).Select(index => new UpdateLane(index))];

    /// <summary>What a microbatch is for: told the lane, which has packed it, its first tree and one past its last.</summary>
    public delegate void Pass(UpdateLane lane, int from, int to);

    public LlamaModel Model => model;

    /// <summary>Bytes that the tapes hold.</summary>
    public long BytesHeld => llama.BytesHeld;

    /// <summary>Passes without gradients over the trees <paramref name="start"/> up to <paramref name="end"/>.</summary>
    public void Score(IReadOnlyList<TokenTree> trees, int start, int end, Pass pass, SegmentOrigin scoredOrigin = SegmentOrigin.Policy) =>
        Run(trees, start, end, scoredOrigin, recording: false, pass);

    /// <summary>Passes that seed gradients, each followed by a backward pass; the sums are added to the model's gradients.</summary>
    /// <returns>The lanes that took part, in order.</returns>
    public ReadOnlySpan<UpdateLane> Update(IReadOnlyList<TokenTree> trees, int start, int end, SegmentOrigin scoredOrigin, Pass pass)
    {
        int count = Run(trees, start, end, scoredOrigin, recording: true, pass);
        llama.SumGradients(count);
        return lanes.AsSpan(0, count);
    }

    public void Dispose() => llama.Dispose();

    private int Run(IReadOnlyList<TokenTree> trees, int start, int end, SegmentOrigin scoredOrigin, bool recording, Pass pass)
    {
        long tokens = 0;
        for (int tree = start; tree < end; tree++)
        {
            tokens += trees[tree].TokenCount;
        }

        int count = llama.CountFor(tokens);
        llama.Run(count, recording, (part, index) =>
        {
            UpdateLane lane = lanes[index];
            lane.Llama = part;
            lane.Result = 0;
            lane.Routes.Reset();
            int from = Boundary(trees, start, end, tokens * index / count), to = Boundary(trees, start, end, tokens * (index + 1) / count);
            foreach ((int first, int last) in Microbatches.Of(trees, from, to, microbatchTokens))
            {
                lane.Pack(trees, first, last, scoredOrigin);
                pass(lane, first, last);
                if (recording)
                {
                    part.Tape.Backward();
                }

                part.Tape.Reset();
            }
        });
        return count;
    }

    /// <summary>The first tree whose middle lies at or after a token, or the end.</summary>
    private static int Boundary(IReadOnlyList<TokenTree> trees, int start, int end, long token)
    {
        long before = 0;
        int tree = start;
        for (; tree < end; tree++)
        {
            int length = trees[tree].TokenCount;
            if ((2 * before) + length >= 2 * token)
            {
                break;
            }

            before += length;
        }

        return tree;
    }
}
