using Proximal.Worlds.TowerDefence;

namespace Proximal.Tasks.Games;

/// <summary>
/// What actions are worth: V = lives / TotalLife + (money + money spent on the towers that stand) / 1000 after doing nothing for a while, with the same random numbers
/// for all actions of a state. Lives tell of defence; money of coins, and that a tower is no loss. The score of a valid action is 1/2 + V - V(nothing), within 0.1 to 1; that
/// of an invalid one is 0. It is right if V is at least that of the expert's action.
/// </summary>
internal static class TowerJudgement
{
    private const double Wealth = 1000;
    private const double Tolerance = 0.005;
    private const double LeastScore = 0.1;

    /// <summary>V after doing nothing for the horizon.</summary>
    /// <param name="world">The state after the action; changed.</param>
    /// <param name="horizon">Decisions.</param>
    public static double Value(TowerWorld world, int horizon)
    {
        for (int i = 0; i < horizon && world.Running; i++)
        {
            world.Decide(default);
        }

        double spent = 0;
        for (int point = 0; point < world.Level.Points.Count; point++)
        {
            TowerSite site = world.Site(point);
            spent += site.Kind == TowerKind.None ? 0 : world.Level.Rules.Spent(site.Kind, site.Level);
        }

        return ((double)world.Lives / world.Level.Lives) + ((world.Money + spent) / Wealth);
    }

    /// <summary>V of an action in a state.</summary>
    public static double ValueOf(TowerWorld state, TowerAction action, int horizon)
    {
        TowerWorld world = state.Clone();
        world.Decide(action);
        return Value(world, horizon);
    }

    /// <summary>The verdict on the state that actions led to.</summary>
    /// <param name="state">Where they began.</param>
    /// <param name="after">Where they led; changed.</param>
    /// <param name="valid">Whether all of them were valid.</param>
    /// <param name="read">What was read.</param>
    public static Verdict Judge(TowerMetadata state, TowerWorld after, bool valid, string read)
    {
        if (!valid)
        {
            return new Verdict { Parsed = true, FormatOk = true, NormalizedAnswer = read };
        }

        double value = Value(after, state.Horizon), score = Math.Clamp(0.5 + value - state.IdleValue, LeastScore, 1);
        return new Verdict
        {
            FormatOk = true,
            Parsed = true,
            Correct = value >= state.ExpertValue - Tolerance,
            Partial = score,
            Score = score,
            NormalizedAnswer = read,
        };
    }
}
