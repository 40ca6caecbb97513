namespace Proximal.Control.Data;

/// <summary>What a data set is worth for learning: how good its trajectories are, and how much of the state-action space it covers (Schweighofer et al. 2022).</summary>
public static class DatasetMeasures
{
    /// <summary>100 (R - R_random) / (R_expert - R_random) (Fu et al. 2020).</summary>
    /// <exception cref="ArgumentException">The expert is no better than chance.</exception>
    public static double NormalizedScore(double meanReturn, double randomReturn, double expertReturn) => expertReturn > randomReturn
        ? 100 * (meanReturn - randomReturn) / (expertReturn - randomReturn)
        : throw new ArgumentException($"The return {expertReturn} of the expert is not above the return {randomReturn} of the random policy.", nameof(expertReturn));

    /// <summary>The score of a return by the returns that are noted with a data set.</summary>
    /// <param name="information">Notes the returns of the random policy and of an expert.</param>
    /// <param name="meanReturn">R.</param>
    /// <exception cref="ArgumentException">One of them is not noted, or the expert is no better than chance.</exception>
    public static double NormalizedScore(DatasetInformation information, double meanReturn) => information is { RandomReturn: { } random, ExpertReturn: { } expert }
        ? NormalizedScore(meanReturn, random, expert)
        : throw new ArgumentException("The data do not say what the random policy and an expert reach.", nameof(information));

    /// <summary>Trajectory quality TQ = (g - g_random) / (g_expert - g_random), with g the mean return of the trajectories.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="randomReturn">Mean return of the random policy.</param>
    /// <param name="expertReturn">Mean return of an expert.</param>
    /// <exception cref="ArgumentException">The expert is no better than chance.</exception>
    public static double TrajectoryQuality(OfflineDataset dataset, double randomReturn, double expertReturn)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return NormalizedScore(dataset.Returns().Average(), randomReturn, expertReturn) / 100;
    }

    /// <summary>
    /// State-action coverage SACo = u(D) / u(D_ref), with u the number of different pairs of state and action; D_ref is usually the replay of an online
    /// run of the same size. May exceed 1.
    /// </summary>
    /// <param name="dataset">D.</param>
    /// <param name="reference">D_ref, whose ranges the bins of real numbers follow.</param>
    /// <param name="bins">Bins per real number.</param>
    public static double Coverage(OfflineDataset dataset, OfflineDataset reference, int bins = 10)
    {
        StateActionCells cells = new(reference, bins);
        return (double)cells.CountDistinct(dataset) / cells.CountDistinct(reference);
    }
}
