using Proximal.Control.Environments;
using Proximal.Control.Environments.MinAtar;

namespace Proximal.Control.Tests.Environments.MinAtar;

public sealed class AsterixTests
{
    [Fact]
    public void The_first_entity_comes_after_ten_frames_and_moves_every_fifth()
    {
        Play<Asterix> play = new(new(Play<Asterix>.Options));
        Assert.Equal([(5, 5)], play[0]);
        play.Step(10);
        Assert.Empty(play[1].Concat(play[3]));
        play.Step();
        (int row, int column) = Assert.Single(play[1].Concat(play[3]));
        Assert.InRange(row, 1, 8);
        Assert.True(column is 1 or 8);
        Assert.Equal([(row, column == 1 ? 0 : 9)], play[2]);
        play.Step(4);
        Assert.Equal(column, Assert.Single(play[1].Concat(play[3])).Column);
        play.Step();
        Assert.Equal(column == 1 ? 2 : 7, Assert.Single(play[1].Concat(play[3])).Column);
    }

    [Fact]
    public void Gold_is_worth_one_and_an_enemy_ends_the_game()
    {
        Play<Asterix> play = new(new(Play<Asterix>.Options));
        play.Game.Place(slot: 3, column: 5, toRight: true, isGold: true);
        play.Game.Place(slot: 5, column: 6, toRight: false, isGold: false);
        Assert.Equal(new StepOutcome(1), play.Step(MinAtarAction.Up));
        Assert.Empty(play[3]);
        Assert.Equal(new StepOutcome(0), play.Step(MinAtarAction.Down));
        Assert.Equal(new StepOutcome(0), play.Step(MinAtarAction.Right));
        Assert.Equal(new StepOutcome(0, Terminated: true), play.Step(MinAtarAction.Down));
    }

    [Fact]
    public void What_runs_into_the_player_counts_and_what_leaves_is_gone()
    {
        Play<Asterix> play = new(new(Play<Asterix>.Options));
        play.Game.Place(slot: 4, column: 4, toRight: true, isGold: true);
        play.Game.Place(slot: 0, column: 0, toRight: false, isGold: true);
        double total = 0;
        for (int i = 0; i < 5; i++)
        {
            total += play.Step().Reward;
        }

        Assert.Equal((0, 2), (total, play[3].Length));
        Assert.Equal(1, play.Step().Reward);
        Assert.Empty(play[3]);
    }

    [Fact]
    public void The_player_stays_between_the_outer_rows()
    {
        Play<Asterix> play = new(new(Play<Asterix>.Options));
        play.Step(4, MinAtarAction.Up);
        play.Step(5, MinAtarAction.Left);
        Assert.Equal([(1, 0)], play[0]);
        play.Game.Clear();
        for (int i = 0; i < 9; i++)
        {
            play.Step(MinAtarAction.Down);
            play.Game.Clear();
            play.Step(MinAtarAction.Right);
            play.Game.Clear();
        }

        Assert.Equal([(8, 9)], play[0]);
    }

    [Fact]
    public void Spawning_speeds_up_every_102_frames_and_moving_every_second_time()
    {
        foreach (bool ramping in new[] { true, false })
        {
            Play<Asterix> play = new(new(Play<Asterix>.Options with { DifficultyRamping = ramping }));
            for (int frame = 1; frame <= 102 * 10; frame++)
            {
                play.Game.Clear();
                play.Step();
                int ramps = ramping ? frame / 102 : 0;
                Assert.Equal((Math.Max(1, 10 - ramps), Math.Max(1, 5 - (ramps / 2))), play.Game.Intervals);
            }
        }
    }
}
