namespace Proximal.Tensors.Kernels;

/// <summary>The numbers of one step of Lion.</summary>
internal struct LionStep
{
    public float Beta1;
    public float Beta2;
    public float OneMinusBeta1;
    public float OneMinusBeta2;
    public float LearningRate;

    /// <summary>1 - lr decay.</summary>
    public float WeightFactor;
}
