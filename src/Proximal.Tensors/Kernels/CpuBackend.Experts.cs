using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>
    /// y = start + Σ over the slots of a row of weight · expert(x). The sum goes through the slots in order, so a row has the same bits whatever rows are
    /// computed with it.
    /// </summary>
    /// <param name="layer">The experts.</param>
    /// <param name="memory">Uses that are ordered; receives what the backward pass reads.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="slots">Experts of a row.</param>
    /// <param name="x">[rows, width].</param>
    /// <param name="weights">[rows, slots].</param>
    /// <param name="start">[rows, width]; may be y itself, null for zero.</param>
    /// <param name="y">[rows, width].</param>
    public void MixExperts(ExpertLayer layer, in ExpertMemory memory, int rows, int slots, float* x, float* weights, float* start, float* y)
    {
        int width = layer.Width, inner = layer.Inner;
        GatherRows(rows * slots, width, x, memory.Rows, memory.Inputs);
        for (int expert = 0; expert < layer.Experts.Count; expert++)
        {
            int first = memory.Starts[expert], count = memory.Starts[expert + 1] - first;
            if (count == 0)
            {
                continue;
            }

            (Parameter gate, Parameter up, Parameter down) = layer.Experts[expert];
            nint inward = (nint)first * inner, outward = (nint)first * width;
            MatMulPackedMany(
                count,
                memory.Inputs + outward,
                width,
                [
                    new PackedProduct(PackedFor(gate, transposed: true), memory.Gates + inward, inner, accumulate: false),
                    new PackedProduct(PackedFor(up, transposed: true), memory.Ups + inward, inner, accumulate: false),
                ]);
            SwiGlu(count * inner, memory.Gates + inward, memory.Ups + inward, memory.Units + inward);
            MatMulPacked(count, memory.Units + inward, inner, PackedFor(down, transposed: true), memory.Outputs + outward, width, accumulate: false);
        }

        MixWork work = new() { Columns = width, Slots = slots, Places = memory.Places, Uses = memory.Outputs, Weights = weights, Start = start, Y = y };
        ForRows(rows, width * slots, in work);
    }

    /// <summary>The gradients of the experts' parameters and of their inputs.</summary>
    /// <param name="layer">The experts.</param>
    /// <param name="memory">What the forward pass left.</param>
    /// <param name="gradients">Outputs: the gradients of the outputs; the rest is written, the gradients of the inputs among it. Integers are not read.</param>
    /// <param name="forInputs">Whether those of the inputs are needed.</param>
    public void MixExpertsBackward(ExpertLayer layer, in ExpertMemory memory, in ExpertMemory gradients, bool forInputs)
    {
        int width = layer.Width, inner = layer.Inner;
        for (int expert = 0; expert < layer.Experts.Count; expert++)
        {
            int first = memory.Starts[expert], count = memory.Starts[expert + 1] - first;
            if (count == 0)
            {
                continue;
            }

            (Parameter gate, Parameter up, Parameter down) = layer.Experts[expert];
            nint inward = (nint)first * inner, outward = (nint)first * width;
            float* outputs = gradients.Outputs + outward, gates = gradients.Gates + inward, ups = gradients.Ups + inward, units = gradients.Units + inward;
            MatMulPacked(count, outputs, width, PackedFor(down, transposed: false), units, inner, accumulate: false);
            SwiGluBackward(count * inner, memory.Gates + inward, memory.Ups + inward, units, gates, false, ups, false);
            AddWeightGradient(down, count, outputs, memory.Units + inward);
            AddWeightGradient(gate, count, gates, memory.Inputs + outward);
            AddWeightGradient(up, count, ups, memory.Inputs + outward);
            if (forInputs)
            {
                MatMulPacked(count, ups, inner, PackedFor(up, transposed: false), gradients.Inputs + outward, width, accumulate: false);
                MatMulPacked(count, gates, inner, PackedFor(gate, transposed: false), gradients.Inputs + outward, width, accumulate: true);
            }
        }
    }

    /// <summary>The gradient of every use's output, weight · dy, and of every weight, output · dy.</summary>
    /// <param name="memory">What the forward pass left.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="slots">Experts of a row.</param>
    /// <param name="columns">Width of a row.</param>
    /// <param name="weights">[rows, slots].</param>
    /// <param name="gradient">dy [rows, width].</param>
    /// <param name="gradientOutputs">Of the uses [uses, width]; written.</param>
    /// <param name="gradientWeights">[rows, slots]; null where it is not needed.</param>
    /// <param name="accumulate">Whether the gradients of weights are added.</param>
    public void MixBackward(
        in ExpertMemory memory, int rows, int slots, int columns, float* weights, float* gradient, float* gradientOutputs, float* gradientWeights, bool accumulate)
    {
        MixBackwardWork work = new()
        {
            Columns = columns,
            Slots = slots,
            Places = memory.Places,
            Uses = memory.Outputs,
            Weights = weights,
            Gradient = gradient,
            GradientUses = gradientOutputs,
            GradientWeights = gradientWeights,
            Accumulate = accumulate,
        };
        ForRows(rows, columns * slots, in work);
    }

    /// <summary>y = start + Σ over the slots of a row of its use, in the order of the slots.</summary>
    public void SumUses(in ExpertMemory memory, int rows, int slots, int columns, float* uses, float* start, float* y)
    {
        MixWork work = new() { Columns = columns, Slots = slots, Places = memory.Places, Uses = uses, Weights = null, Start = start, Y = y };
        ForRows(rows, columns * slots, in work);
    }

    private void AddWeightGradient(Parameter weight, int rows, float* gradient, float* inputs)
    {
        if (weight.RequiresGradient)
        {
            int outputs = weight.Shape[0], columns = weight.Shape[1];
            float* target = weight.GradientForWriting(out bool accumulate);
            MatMul(outputs, columns, rows, gradient, outputs, true, inputs, columns, false, target, columns, accumulate);
        }
    }

    private struct MixWork : ILaneWork
    {
        public int Columns;
        public int Slots;
        public int* Places;
        public float* Uses;
        public float* Weights;
        public float* Start;
        public float* Y;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                int* places = Places + ((nint)row * Slots);
                for (int column = 0; column < Columns; column += ILanes<T>.Width)
                {
                    int count = Columns - column;
                    nint offset = ((nint)row * Columns) + column;
                    T sum = Start == null ? T.Zero : LanePart.Load<T>(Start + offset, count);
                    for (int slot = 0; slot < Slots; slot++)
                    {
                        T use = LanePart.Load<T>(Uses + ((nint)places[slot] * Columns) + column, count);
                        sum = Weights == null ? sum + use : T.MultiplyAdd(T.Broadcast(Weights[((nint)row * Slots) + slot]), use, sum);
                    }

                    LanePart.Store(Y + offset, sum, count);
                }
            }
        }
    }

    private struct MixBackwardWork : ILaneWork
    {
        public int Columns;
        public int Slots;
        public int* Places;
        public float* Uses;
        public float* Weights;
        public float* Gradient;
        public float* GradientUses;
        public float* GradientWeights;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int slot = start * Slots; slot < end * Slots; slot++)
            {
                float* gradient = Gradient + ((nint)(slot / Slots) * Columns);
                nint use = (nint)Places[slot] * Columns;
                T weight = T.Broadcast(Weights[slot]), product = T.Zero;
                for (int column = 0; column < Columns; column += ILanes<T>.Width)
                {
                    int count = Columns - column;
                    T dy = LanePart.Load<T>(gradient + column, count);
                    product = T.MultiplyAdd(dy, LanePart.Load<T>(Uses + use + column, count), product);
                    LanePart.Store(GradientUses + use + column, weight * dy, count);
                }

                if (GradientWeights != null)
                {
                    GradientWeights[slot] = (Accumulate ? GradientWeights[slot] : 0) + T.Sum(product);
                }
            }
        }
    }
}
