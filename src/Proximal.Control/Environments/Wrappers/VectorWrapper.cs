using Proximal.Control.Rendering;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Copies of an environment with a change to what they see or say. The base passes everything through.</summary>
public abstract class VectorWrapper : VectorEnvironment
{
    /// <summary>Wraps copies.</summary>
    /// <param name="inner">The copies inside, owned from here on.</param>
    /// <param name="specification">What the wrapped copies look like.</param>
    protected VectorWrapper(VectorEnvironment inner, EnvironmentSpecification specification)
        : base(specification, inner.Count) => Inner = inner;

    /// <inheritdoc/>
    public override Action<int>? EpisodeEnding
    {
        get => Inner.EpisodeEnding;
        set => Inner.EpisodeEnding = value;
    }

    /// <summary>The copies inside.</summary>
    protected VectorEnvironment Inner { get; }

    /// <inheritdoc/>
    public override void Reset(ulong seed, StepBatch batch) => Inner.Reset(seed, batch);

    /// <inheritdoc/>
    public override void Step(ReadOnlySpan<float> actions, StepBatch batch) => Inner.Step(actions, batch);

    /// <inheritdoc/>
    public override void Truncate(int copy, StepBatch batch) => Inner.Truncate(copy, batch);

    /// <inheritdoc/>
    public override void Draw(int copy, Canvas canvas) => Inner.Draw(copy, canvas);

    /// <inheritdoc/>
    public override void WriteText(int copy, TextWriter writer) => Inner.WriteText(copy, writer);

    /// <inheritdoc/>
    public override void Transfer(StateTransfer state) => Inner.Transfer(state);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
