namespace Proximal.Tensors.Kernels;

/// <summary>The numbers of one step of Adam, the corrections of its bias included.</summary>
internal struct AdamStep
{
    public float Beta1;
    public float Beta2;
    public float OneMinusBeta1;
    public float OneMinusBeta2;
    public float Epsilon;

    /// <summary>lr / (1 - b1^t).</summary>
    public float StepSize;

    /// <summary>1 / (1 - b2^t).</summary>
    public float SecondMomentScale;

    /// <summary>1 - lr decay, where the decay is apart from the gradient.</summary>
    public float WeightFactor;

    /// <summary>The decay that is added to the gradient.</summary>
    public float GradientDecay;
}
