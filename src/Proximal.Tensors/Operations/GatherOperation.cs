namespace Proximal.Tensors.Operations;

/// <summary>Elements picked along an axis, an index for each. I0..I3: outer, length, count and inner; Indices [outer, count, inner].</summary>
internal sealed unsafe class GatherOperation : Operation
{
    public static readonly GatherOperation Instance = new();

    public static Tensor Apply(Tape tape, Tensor x, int* indices, Shape shape, int outer, int length, int count, int inner)
    {
        Tensor output = tape.NewTensor(shape, tape.Records(x));
        tape.Backend.GatherAlong(x.Pointer, indices, output.Pointer, outer, length, count, inner, accumulate: false);
        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(Instance, output, x);
            node.Indices = indices;
            node.I0 = outer;
            node.I1 = length;
            node.I2 = count;
            node.I3 = inner;
        }

        return output;
    }

    public override void Backward(Tape tape, in Node node) =>
        tape.Backend.ScatterAlong(
            node.Output.GradientPointer, node.Indices, node.A.GradientForAdding(), node.I0, node.I1, node.I2, node.I3, accumulate: true);
}
