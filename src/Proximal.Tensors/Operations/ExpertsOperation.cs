using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>Backward of <see cref="FusedOperations.Experts"/>: A the inputs, B the weights, C the residual, State the <see cref="ExpertLayer"/>, I0 the slots of a row.</summary>
internal sealed unsafe class ExpertsOperation : Operation
{
    public static readonly ExpertsOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        ExpertLayer layer = (ExpertLayer)node.State!;
        int slots = node.I0, rows = node.A.Shape[0], uses = rows * slots, width = layer.Width;
        CpuBackend backend = tape.Backend;
        float* dy = node.Output.GradientPointer;
        if (node.C is { RequiresGradient: true } residual)
        {
            float* target = residual.GradientForWriting(out bool accumulateResidual);
            backend.AddRowwise(rows, width, dy, width, null, target, accumulateResidual);
        }

        ExpertMemory memory = new(node.Indices, node.Saved, layer, uses);
        ExpertMemory gradients = new(node.Indices, tape.RentFloats(ExpertMemory.FloatCount(layer, uses)), layer, uses);
        bool accumulate = false;
        float* gradientWeights = node.B!.RequiresGradient ? node.B.GradientForWriting(out accumulate) : null;
        backend.MixBackward(in memory, rows, slots, width, node.B.Pointer, dy, gradients.Outputs, gradientWeights, accumulate);
        backend.MixExpertsBackward(layer, in memory, in gradients, node.A.RequiresGradient);
        if (node.A.RequiresGradient)
        {
            float* target = node.A.GradientForWriting(out bool accumulateInputs);
            backend.SumUses(in memory, rows, slots, width, gradients.Inputs, accumulateInputs ? target : null, target);
        }
    }
}
