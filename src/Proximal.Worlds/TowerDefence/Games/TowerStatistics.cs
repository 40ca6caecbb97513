namespace Proximal.Worlds.TowerDefence.Games;

/// <summary>
/// What the benchmark tells of the games of an agent on a level (section "Math" of TowerMind's evaluation). Doing nothing counts neither as valid nor as invalid.
/// </summary>
public sealed record TowerStatistics
{
    /// <summary>Who played.</summary>
    public required string Agent { get; init; }

    /// <summary>The level.</summary>
    public required string Level { get; init; }

    /// <summary>Number of games.</summary>
    public required int Games { get; init; }

    /// <summary>Mean score: 100 times the share of lives left.</summary>
    public required double Score { get; init; }

    /// <summary>Standard error of the mean score; 0 for one game.</summary>
    public required double ScoreError { get; init; }

    /// <summary>Mean return.</summary>
    public required double Return { get; init; }

    /// <summary>Share of games won or survived.</summary>
    public required double Survived { get; init; }

    /// <summary>Valid actions of all that were tried; not a number when nothing was tried.</summary>
    public required double ValidRate { get; init; }

    /// <summary>Plan validation: how often the next action after an invalid one is valid; not a number when none was invalid.</summary>
    public required double PlanValidation { get; init; }

    /// <summary>
    /// Multifinality: the entropy of types with targets over the valid actions of a game, divided by the logarithm of the number of valid choices, averaged over decisions
    /// with at least two of them and over games.
    /// </summary>
    public required double Multifinality { get; init; }

    /// <summary>Score per valid action, averaged over games with one.</summary>
    public required double Efficiency { get; init; }

    /// <summary>Mean of coins unspent at the end.</summary>
    public required double Unspent { get; init; }

    /// <summary>Actions tried per decision.</summary>
    public required double ActionsPerDecision { get; init; }

    /// <summary>Mean number of decisions.</summary>
    public required double Decisions { get; init; }

    /// <summary>Choices that could not be read.</summary>
    public required int Malformed { get; init; }

    /// <summary>Invalid actions by error code, 1 to 12 (0 stays 0).</summary>
    public required IReadOnlyList<int> Errors { get; init; }

    /// <summary>The statistics of games of one agent on one level.</summary>
    /// <param name="games">At least one.</param>
    /// <exception cref="ArgumentException">There is no game.</exception>
    public static TowerStatistics Of(IReadOnlyList<TowerGame> games)
    {
        ArgumentNullException.ThrowIfNull(games);
        if (games.Count == 0)
        {
            throw new ArgumentException("Statistics are of at least one game.", nameof(games));
        }

        double mean = games.Average(game => game.Score), squares = games.Sum(game => (game.Score - mean) * (game.Score - mean));
        int decisions = games.Sum(game => game.Moves.Count), valid = games.Sum(game => game.Moves.Count(move => move.Valid)), tried = games.Sum(game => game.Moves.Count(move => move.Acts));
        int after = 0, repaired = 0;
        int[] errors = new int[(int)TowerError.OutOfMap + 1];
        foreach (TowerGame game in games)
        {
            bool invalid = false;
            foreach (TowerMove move in game.Moves.Where(move => move.Acts))
            {
                after += invalid ? 1 : 0;
                repaired += invalid && move.Valid ? 1 : 0;
                invalid = !move.Valid;
                errors[(int)move.Error] += move.Error == TowerError.None ? 0 : 1;
            }
        }

        double[] efficiencies = [.. games.Where(game => game.Moves.Any(move => move.Valid)).Select(game => game.Score / game.Moves.Count(move => move.Valid))];
        return new TowerStatistics
        {
            Agent = games[0].Agent,
            Level = games[0].Level.Name,
            Games = games.Count,
            Score = mean,
            ScoreError = games.Count > 1 ? Math.Sqrt(squares / (games.Count - 1) / games.Count) : 0,
            Return = games.Average(game => game.Return),
            Survived = games.Average(game => game.Lives > 0 ? 1.0 : 0),
            ValidRate = (double)valid / tried,
            PlanValidation = (double)repaired / after,
            Multifinality = games.Average(EntropyShare),
            Efficiency = efficiencies.Length == 0 ? 0 : efficiencies.Average(),
            Unspent = games.Average(game => game.Money),
            ActionsPerDecision = (double)tried / decisions,
            Decisions = (double)decisions / games.Count,
            Malformed = games.Sum(game => game.Moves.Count(move => move.Malformed)),
            Errors = errors,
        };
    }

    /// <summary>Entropy of the successful choices of a game over the logarithm of how many there were to choose from.</summary>
    internal static double EntropyShare(TowerGame game)
    {
        int[] counts = [.. game.Moves.Where(move => move.Valid).GroupBy(move => move.Choice).Select(group => group.Count())];
        double total = counts.Sum(), entropy = -counts.Sum(count => count / total * Math.Log(count / total));
        double[] shares = [.. game.Moves.Where(move => move.Choices >= 2).Select(move => entropy / Math.Log(move.Choices))];
        return shares.Length == 0 ? 0 : shares.Average();
    }
}
