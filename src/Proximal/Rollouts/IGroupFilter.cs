namespace Proximal.Rollouts;

/// <summary>
/// Decides which groups are worth an update, so that rollouts go on until enough of them are found (DAPO's dynamic sampling). Of several filters
/// every one must keep a group.
/// </summary>
public interface IGroupFilter
{
    /// <summary>The most rounds of rollouts in one step; then the update takes what there is. Of several filters the smallest number holds.</summary>
    int MaximumRounds { get; }

    /// <summary>Whether a group is kept.</summary>
    /// <param name="scores">Verifier scores of its paths, before any shaping. [paths of the group]</param>
    /// <param name="rewards">Total rewards of its paths. [paths of the group]</param>
    bool Keep(ReadOnlySpan<float> scores, ReadOnlySpan<float> rewards);
}
