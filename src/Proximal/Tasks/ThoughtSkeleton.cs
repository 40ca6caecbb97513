namespace Proximal.Tasks;

/// <summary>How a template arranges the chain of thought.</summary>
internal enum ThoughtSkeleton
{
    /// <summary>The steps.</summary>
    Steps,

    /// <summary>The steps, then the answer after a marker instead of in a block.</summary>
    FinalIs,

    /// <summary>The plan, then the steps.</summary>
    PlanFirst,

    /// <summary>The steps, then the steps again as a check.</summary>
    CheckAfter,

    /// <summary>The concepts of the family, then the steps.</summary>
    Facts,

    /// <summary>The steps as assignments to numbered variables.</summary>
    Code,
}
