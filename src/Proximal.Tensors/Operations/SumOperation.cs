namespace Proximal.Tensors.Operations;

/// <summary>A scaled sum over adjacent axes. I0, I1, I2: outer, reduced and inner length; F0: the scale.</summary>
internal sealed unsafe class SumOperation : Operation
{
    public static readonly SumOperation Instance = new();

    /// <summary>Sums over the axes from <paramref name="from"/> up to but not including <paramref name="to"/>.</summary>
    public static Tensor Apply(Tensor x, int from, int to, Shape shape, float scale)
    {
        Tape tape = Tape.Of(x);
        Tensor output = tape.NewTensor(shape, tape.Records(x));
        int outer = x.Shape.Product(0, from), length = x.Shape.Product(from, to), inner = x.Shape.Product(to, x.Shape.Rank);
        Reduction.Sum(tape, x.Pointer, output.Pointer, outer, length, inner, scale, accumulate: false);
        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(Instance, output, x);
            node.I0 = outer;
            node.I1 = length;
            node.I2 = inner;
            node.F0 = scale;
        }

        return output;
    }

    public override void Backward(Tape tape, in Node node)
    {
        float* gradient = node.A.GradientForWriting(out bool accumulate);
        tape.Backend.SpreadColumns(node.Output.GradientPointer, gradient, node.I0, node.I1, node.I2, node.F0, accumulate);
    }
}
