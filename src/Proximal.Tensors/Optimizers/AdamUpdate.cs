using Proximal.Tensors.Kernels;
using Proximal.Tensors.Memory;

namespace Proximal.Tensors.Optimizers;

/// <summary>One step of Adam on one parameter, for the optimizers that use it.</summary>
internal static unsafe class AdamUpdate
{
    public static void Apply(
        CpuBackend backend, Parameter parameter, NativeBuffer first, NativeBuffer second, AdamOptions options, long step, double learningRate, double weightDecay, bool decoupled)
    {
        AdamStep settings = new()
        {
            Beta1 = (float)options.Beta1,
            Beta2 = (float)options.Beta2,
            OneMinusBeta1 = (float)(1 - options.Beta1),
            OneMinusBeta2 = (float)(1 - options.Beta2),
            Epsilon = (float)options.Epsilon,
            StepSize = (float)(learningRate / (1 - Math.Pow(options.Beta1, step))),
            SecondMomentScale = (float)(1 / (1 - Math.Pow(options.Beta2, step))),
            WeightFactor = decoupled ? (float)(1 - (learningRate * weightDecay)) : 1,
            GradientDecay = decoupled ? 0 : (float)weightDecay,
        };
        backend.AdamStep(parameter.Pointer, parameter.GradientPointer, first.Floats, second.Floats, parameter.Length, in settings);
    }
}
