namespace Proximal.Tensors.Operations;

/// <summary>A differentiable operation: one shared instance a kind, which finds everything about one use in its <see cref="Node"/>.</summary>
internal abstract class Operation
{
    /// <summary>Adds this use's share to the gradients of its inputs, given the gradient of its output.</summary>
    public abstract void Backward(Tape tape, in Node node);
}
