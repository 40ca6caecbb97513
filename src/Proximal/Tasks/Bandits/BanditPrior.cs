namespace Proximal.Tasks.Bandits;

/// <summary>Which arms the demonstrations of a <see cref="BanditTask"/> show.</summary>
public enum BanditPrior
{
    /// <summary>The correct arms, all alike.</summary>
    Correct,

    /// <summary>All arms, the arm of rank r with a probability proportional to <c>r^-s</c>.</summary>
    Zipf,

    /// <summary>All arms, by given weights from the first rank on.</summary>
    Given,
}
