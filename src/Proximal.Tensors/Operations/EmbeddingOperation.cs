namespace Proximal.Tensors.Operations;

/// <summary>Backward of <see cref="FusedOperations.Embedding"/>: A the table, Indices the rows that were looked up.</summary>
internal sealed unsafe class EmbeddingOperation : Operation
{
    public static readonly EmbeddingOperation Instance = new();

    public override void Backward(Tape tape, in Node node) =>
        tape.Backend.ScatterAdd(node.Output.Shape[0], node.A.Shape[1], node.Output.GradientPointer, node.Indices, node.A.GradientForLookups());
}
