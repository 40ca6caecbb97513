using Proximal.Worlds.TowerDefence;
using Proximal.Worlds.TowerDefence.Games;

namespace Proximal.Worlds.Tests.TowerDefence;

public sealed class TowerGameTests
{
    [Fact]
    public void Games_are_written_read_and_played_again()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            foreach (ITowerAgent agent in (ITowerAgent[])[new TowerExpert(0.2), new RandomTowerAgent(masked: false)])
            {
                TowerGame game = TowerGame.Play(agent, TowerLevels.L2, 5);
                TowerGameWriter.WriteFile(game, path);
                TowerGame read = TowerGameReader.ReadFile(path);
                Assert.Equal(game.Moves, read.Moves);
                Assert.Equal((game.Agent, game.Seed, game.Outcome, game.Lives, game.Money, game.StateHash), (read.Agent, read.Seed, read.Outcome, read.Lives, read.Money, read.StateHash));
                int states = 0;
                read.Replay(_ => states++);
                Assert.Equal(game.Moves.Count + 1, states);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_no_game_is_refused_by_line()
    {
        string text = TowerGameWriter.ToText(TowerGame.Play(new TowerExpert(), TowerLevels.L1, 1));
        Assert.Contains("game: line 2: ", Message(text.Replace("\"choices\"", "\"chances\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("line 1: format: 'x'", Message(text.Replace(TowerGameWriter.Format, "x", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("1 lines", Message("{}"), StringComparison.Ordinal);
        TowerGame game = TowerGameReader.Read(text.Replace("\"type\":1,", "\"type\":3,", StringComparison.Ordinal), "game");
        Assert.Throws<TowerLevelException>(() => game.Replay());

        static string Message(string broken) => Assert.Throws<TowerLevelException>(() => TowerGameReader.Read(broken, "game")).Message;
    }

    [Fact]
    public void Statistics_are_those_of_the_definitions()
    {
        TowerAction archer = new(TowerActionType.BuildArcher), coin = new(TowerActionType.CollectCoin), none = default;
        TowerMove[] moves =
        [
            new(archer, TowerError.None, false, 8, 1, -0.0005),
            new(none, TowerError.None, false, 8, 0, -0.0005),
            new(coin, TowerError.NoCoin, false, 4, 77, -0.0005),
            new(none, TowerError.None, false, 1, 0, -0.0005),
            new(archer, TowerError.None, false, 2, 2, -0.0005),
            new(coin, TowerError.OutOfMap, false, 4, 77, -0.0005),
            new(none, TowerError.None, true, 4, 0, 0.9995),
        ];
        TowerStatistics statistics = TowerStatistics.Of([new TowerGame("a", TowerLevels.L1, 1, moves, TowerOutcome.Won, 7, 33, 0)]);
        Assert.Equal(70, statistics.Score, 12);
        Assert.Equal(2.0 / 5, statistics.ValidRate, 12);
        Assert.Equal(1.0 / 2, statistics.PlanValidation, 12);
        Assert.Equal(35, statistics.Efficiency, 12);
        Assert.Equal(33, statistics.Unspent);
        Assert.Equal(5.0 / 7, statistics.ActionsPerDecision, 12);
        Assert.Equal(1, statistics.Malformed);
        Assert.Equal(1, statistics.Errors[(int)TowerError.NoCoin]);
        Assert.Equal(1, statistics.Errors[(int)TowerError.OutOfMap]);

        // Two choices once each: ln 2 over ln 8, ln 8, ln 4, ln 2, ln 4, ln 4.
        Assert.Equal(((2.0 / 3) + 1.5 + 1) / 6, statistics.Multifinality, 12);
        Assert.Equal(1 - 0.0035, statistics.Return, 12);
    }
}
