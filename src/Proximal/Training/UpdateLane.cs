using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Rollouts;
using Proximal.Tensors;

namespace Proximal.Training;

/// <summary>What one thread works with while it goes through its share of the trees of an update.</summary>
/// <param name="index">Which of the lanes this is.</param>
internal sealed class UpdateLane(int index)
{
    private float[] seeds = [];

    /// <summary>Which of the lanes this is.</summary>
    public int Index => index;

    /// <summary>The model's values, and gradients and a tape of this lane's own; set for each pass.</summary>
    public LlamaLane Llama { get; set; } = null!;

    /// <summary>The microbatch.</summary>
    public TreePacking Packing { get; } = new();

    /// <summary>Routes through the experts of a mixture.</summary>
    public LaneRoutes Routes { get; } = new();

    /// <summary>A number that the passes of this lane add to or compare with.</summary>
    public double Result { get; set; }

    public LlamaModel Model => Llama.Model;

    public Tape Tape => Llama.Tape;

    /// <summary>Hidden states of the microbatch under a model.</summary>
    public Tensor Forward(LlamaModel model) => model.Forward(Tape, Packing.Tokens, Packing.Layout);

    /// <summary>Packs the microbatch.</summary>
    public void Pack(IReadOnlyList<TokenTree> trees, int from, int to, SegmentOrigin scoredOrigin)
    {
        Packing.Clear();
        for (int tree = from; tree < to; tree++)
        {
            Packing.Add(trees[tree], scoredOrigin);
        }
    }

    /// <summary>Memory for a gradient, as long as one of the outputs.</summary>
    public Span<float> Seeds(int length) => Columns.Rent(ref seeds, length);
}
