namespace Proximal.Environments;

/// <summary>A number that follows from counters of many episodes: the sum of one over the sum of another, such as right calls of calls. Episodes without calls have no part in it.</summary>
/// <param name="Name">Name of the number.</param>
/// <param name="Part">The counter above.</param>
/// <param name="Whole">The counter below; <see cref="RightAnswers"/> for the number of right answers.</param>
public readonly record struct CounterRatio(string Name, string Part, string Whole)
{
    /// <summary>What is counted below where a number is meant for each right answer: cost, for instance.</summary>
    public const string RightAnswers = "right-answers";
}
