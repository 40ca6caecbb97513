namespace Proximal.Advantages;

/// <summary>How <see cref="ConsistencyAdvantage"/> weighs the local loss against the global one.</summary>
public enum BlendMode
{
    /// <summary>By the sigmoid of the answer entropy; all global for a group of equal rewards.</summary>
    SoftForced,

    /// <summary>By the sigmoid of the answer entropy alone.</summary>
    Soft,

    /// <summary>All local, except that a group of equal rewards is all global.</summary>
    Forced,

    /// <summary>All global.</summary>
    Global,

    /// <summary>All local: GRPO.</summary>
    Local,
}
