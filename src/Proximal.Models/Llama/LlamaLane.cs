using Proximal.Tensors;

namespace Proximal.Models.Llama;

/// <summary>One of the lanes of <see cref="LlamaLanes"/>.</summary>
public sealed class LlamaLane
{
    internal LlamaLane(LlamaModel model) => Model = model;

    /// <summary>The model, with gradients of this lane's own.</summary>
    public LlamaModel Model { get; }

    /// <summary>The tape of the thread that runs the lane; what is on it ends with the pass.</summary>
    public Tape Tape { get; internal set; } = null!;
}
