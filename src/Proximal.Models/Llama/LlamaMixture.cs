using Proximal.Models.Configuration;
using Proximal.Tensors;

namespace Proximal.Models.Llama;

/// <summary>
/// The feed-forward units of a sparse layer: a router names a few of the experts for every token, whose outputs are averaged with the softmax of the
/// router's logits over the named ones. With one expert a token that weight is 1, and the router learns nothing.
/// </summary>
internal sealed unsafe class LlamaMixture
{
    private readonly int slots;
    private readonly int offset;
    private readonly int stride;

    public LlamaMixture(LlamaConfiguration configuration, int index, string prefix, Func<string, Shape, Parameter> parameter)
    {
        slots = configuration.ExpertsPerToken;
        offset = index * slots;
        stride = configuration.RouteLength;
        int width = configuration.HiddenSize, inner = configuration.IntermediateSize;
        Router = parameter(prefix + "block_sparse_moe.gate.weight", new Shape(configuration.Experts, width));
        Experts = new ExpertLayer([.. Enumerable.Range(0, configuration.Experts).Select(expert => NewExpert($"{prefix}block_sparse_moe.experts.{expert}."))]);

        (Parameter Gate, Parameter Up, Parameter Down) NewExpert(string name)
        {
            Parameter gate = parameter(name + "w1.weight", new Shape(inner, width)), down = parameter(name + "w2.weight", new Shape(width, inner));
            return (gate, parameter(name + "w3.weight", new Shape(inner, width)), down);
        }
    }

    /// <summary>[experts, width]</summary>
    public Parameter Router { get; }

    public ExpertLayer Experts { get; }

    public IEnumerable<Parameter> Matrices => [Router, .. Experts.Experts.SelectMany(expert => new[] { expert.Gate, expert.Up, expert.Down })];

    /// <summary>In the order of checkpoints: the router, then w1, w2, w3 of every expert.</summary>
    public IEnumerable<Parameter> Parameters() => [Router, .. Experts.Experts.SelectMany(expert => new[] { expert.Gate, expert.Down, expert.Up })];

    /// <summary>The training pass of the layer's second half.</summary>
    /// <param name="x">Normalized rows. [rows, width]</param>
    /// <param name="residual">The stream that the result is added to. [rows, width]</param>
    /// <param name="replayed">Routes that are followed instead of the router's choice; empty for none. [rows, route]</param>
    /// <param name="chosen">Receives the router's own choice; empty where nobody asks. [rows, route]</param>
    public Tensor Forward(Tensor x, Tensor residual, ReadOnlySpan<short> replayed, Span<short> chosen)
    {
        Tensor logits = x.Linear(Router);
        int rows = x.Shape[0];
        Span<int> experts = new(x.Tape!.RentIntegers((long)rows * slots), rows * slots);
        ReadOnlySpan<float> values = logits.Data;
        for (int row = 0; row < rows; row++)
        {
            Route(values.Slice(row * Experts.Experts.Count, Experts.Experts.Count), row, experts.Slice(row * slots, slots), replayed, chosen);
        }

        Tensor weights = logits.TakeAlongAxis(1, experts).Softmax();
        return x.Experts(Experts, experts, weights, residual);
    }

    /// <summary>The experts of one row: those of its replayed route where it has one, else the router's choice.</summary>
    public void Route(ReadOnlySpan<float> logits, int row, Span<int> experts, ReadOnlySpan<short> replayed, Span<short> chosen)
    {
        int at = (row * stride) + offset;
        ExpertRouting.Choose(logits, experts);
        for (int slot = 0; slot < slots && !chosen.IsEmpty; slot++)
        {
            chosen[at + slot] = (short)experts[slot];
        }

        for (int slot = 0; slot < slots && !replayed.IsEmpty && replayed[at] >= 0; slot++)
        {
            experts[slot] = replayed[at + slot];
        }
    }
}
