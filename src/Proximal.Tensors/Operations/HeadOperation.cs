using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>
/// The head of a language model: A the hidden states, B the weight, C the reference's weight, Indices the rows, Indices2 the tokens, Saved a
/// <see cref="HeadMemory"/>, I0 the number of rows, I1 the reference's hidden size. Outputs: log-probability, entropy, divergence.
/// </summary>
internal sealed unsafe class HeadOperation : Operation
{
    public static readonly HeadOperation Instance = new();

    public static void Forward(
        Tape tape, in HeadMemory memory, int rows, Tensor weight, Tensor? referenceWeight, int* tokens, float* logProb, float* entropy, float* divergence)
    {
        int hidden = weight.Shape[1], vocabulary = weight.Shape[0];
        for (int row = 0; row < rows; row += memory.BlockRows)
        {
            int count = Math.Min(memory.BlockRows, rows - row);
            Multiply(tape.Backend, count, memory.Hidden + ((nint)row * hidden), weight, memory.Logits);
            tape.Backend.HeadStatistics(count, vocabulary, memory.Logits, memory.Statistics + row);
            for (int i = 0; i < count; i++)
            {
                LogSoftmaxStatistics statistics = memory.Statistics[row + i];
                logProb[row + i] = memory.Logits[((nint)i * vocabulary) + tokens[row + i]] - statistics.Maximum - statistics.LogSum;
                entropy[row + i] = statistics.Entropy;
            }

            if (referenceWeight is not null)
            {
                Multiply(
                    tape.Backend, count, memory.ReferenceHidden + ((nint)row * referenceWeight.Shape[1]), referenceWeight, memory.ReferenceLogits);
                tape.Backend.HeadStatistics(count, vocabulary, memory.ReferenceLogits, memory.ReferenceStatistics + row);
                tape.Backend.HeadDivergence(
                    count,
                    vocabulary,
                    memory.Logits,
                    memory.Statistics + row,
                    memory.ReferenceLogits,
                    memory.ReferenceStatistics + row,
                    divergence + row);
            }
        }
    }

    public override void Backward(Tape tape, in Node node)
    {
        Tensor hiddenTensor = node.A, weight = node.B!;
        int rows = node.I0, hidden = weight.Shape[1], vocabulary = weight.Shape[0];
        HeadMemory memory = new(node.Saved, rows, hidden, vocabulary, node.I1, recorded: true);
        float* logProb = GradientOf(node.Output), entropy = GradientOf(node.SecondOutput), divergence = GradientOf(node.ThirdOutput);
        bool accumulate = true;
        float* gradientWeight = weight.RequiresGradient ? weight.GradientForWriting(out accumulate) : null;
        float* gradientHidden = hiddenTensor.RequiresGradient ? hiddenTensor.GradientForAdding() : null;
        int blockRows = (int)Math.Clamp(HeadMemory.BlockLogits / vocabulary, 1, Math.Max(1, memory.BlockRows));
        float* gradientLogits = tape.RentFloats((long)blockRows * vocabulary);
        float* gradientRows = tape.RentFloats((long)blockRows * hidden);
        for (int row = 0; row < rows; row += blockRows)
        {
            int count = Math.Min(blockRows, rows - row);
            float* hiddenRows = memory.Hidden + ((nint)row * hidden);
            float* logits = memory.Logits + (memory.Kept ? (nint)row * vocabulary : 0);
            float* reference = memory.ReferenceLogits + (memory.Kept ? (nint)row * vocabulary : 0);
            if (!memory.Kept)
            {
                Multiply(tape.Backend, count, hiddenRows, weight, logits);
                if (divergence != null)
                {
                    Multiply(tape.Backend, count, memory.ReferenceHidden + ((nint)row * node.I1), node.C!, reference);
                }
            }

            LogSoftmaxGradients gradients = new()
            {
                Columns = vocabulary,
                Logits = logits,
                Statistics = memory.Statistics + row,
                Tokens = node.Indices2 + row,
                LogProb = logProb == null ? null : logProb + row,
                Entropy = entropy == null ? null : entropy + row,
                Divergence = divergence == null ? null : divergence + row,
                Divergences = divergence == null ? null : node.ThirdOutput!.Pointer + row,
                Reference = reference,
                ReferenceStatistics = memory.ReferenceStatistics + row,
                Target = gradientLogits,
            };
            tape.Backend.HeadBackward(count, in gradients);
            if (gradientHidden != null)
            {
                MultiplyBack(tape.Backend, count, gradientLogits, weight, gradientRows);
                tape.Backend.ScatterAdd(count, hidden, gradientRows, node.Indices + row, gradientHidden);
            }

            if (gradientWeight != null)
            {
                tape.Backend.MatMul(
                    vocabulary, hidden, count, gradientLogits, vocabulary, true, hiddenRows, hidden, false, gradientWeight, hidden, accumulate);
                accumulate = true;
            }
        }
    }

    private static float* GradientOf(Tensor? output) => output is { HasGradient: true } ? output.GradientPointer : null;

    private static void Multiply(CpuBackend backend, int rows, float* hidden, Tensor weight, float* logits)
    {
        int columns = weight.Shape[1], vocabulary = weight.Shape[0];
        if (weight is Parameter parameter)
        {
            backend.MatMulPacked(rows, hidden, columns, backend.PackedFor(parameter, transposed: true), logits, vocabulary, false);
        }
        else
        {
            backend.MatMul(rows, vocabulary, columns, hidden, columns, false, weight.Pointer, columns, true, logits, vocabulary, false);
        }
    }

    private static void MultiplyBack(CpuBackend backend, int rows, float* gradient, Tensor weight, float* target)
    {
        int columns = weight.Shape[1], vocabulary = weight.Shape[0];
        if (weight is Parameter parameter)
        {
            backend.MatMulPacked(rows, gradient, vocabulary, backend.PackedFor(parameter, transposed: false), target, columns, false);
        }
        else
        {
            backend.MatMul(rows, columns, vocabulary, gradient, vocabulary, false, weight.Pointer, columns, false, target, columns, false);
        }
    }
}
