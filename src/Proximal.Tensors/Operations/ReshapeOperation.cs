namespace Proximal.Tensors.Operations;

/// <summary>Backward of views: the gradient passes unchanged.</summary>
internal sealed unsafe class ReshapeOperation : Operation
{
    public static readonly ReshapeOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        float* gradient = node.A.GradientForWriting(out bool accumulate);
        tape.Backend.Copy(node.Output.GradientPointer, gradient, node.A.Length, accumulate);
    }
}
