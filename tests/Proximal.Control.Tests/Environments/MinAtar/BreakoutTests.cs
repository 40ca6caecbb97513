using Proximal.Control.Environments;
using Proximal.Control.Environments.MinAtar;

namespace Proximal.Control.Tests.Environments.MinAtar;

public sealed class BreakoutTests
{
    private const int UpLeft = 0, UpRight = 1, DownRight = 2, DownLeft = 3;

    [Fact]
    public void Begins_with_three_rows_of_bricks_and_a_ball_from_either_side()
    {
        HashSet<(int, int)> starts = [], seconds = [];
        for (ulong seed = 0; seed < 20; seed++)
        {
            Play<Breakout> play = new(new(Play<Breakout>.Options), seed);
            Assert.Equal([(9, 4)], play[0]);
            Assert.Equal(play[1], play[2]);
            Assert.Equal(30, play[3].Length);
            Assert.Equal(((1, 0), (3, 9)), (play[3][0], play[3][^1]));
            (int, int) start = play[1][0];
            starts.Add(start);
            Assert.Equal(default, play.Step());
            Assert.Equal(start, play[2][0]);
            seconds.Add(play[1][0]);
        }

        Assert.Equal([(3, 0), (3, 9)], starts.Order());
        Assert.Equal([(4, 1), (4, 8)], seconds.Order());
    }

    [Fact]
    public void A_brick_is_worth_one_and_the_next_frame_knocks_out_none()
    {
        Play<Breakout> play = Started(paddle: 0, column: 5, row: 4, UpRight);
        Assert.Equal(1, play.Step().Reward);
        Assert.DoesNotContain((3, 6), play[3]);
        Assert.Equal([(4, 6)], play[1]);
        Assert.Equal(0, play.Step().Reward);
        Assert.Equal([(5, 7)], play[1]);

        Play<Breakout> twice = Started(paddle: 0, column: 5, row: 4, UpRight);
        twice.Step();
        twice.Game.Place(0, 6, 4, UpRight);
        Assert.Equal(0, twice.Step().Reward);
        Assert.Equal([(3, 7)], twice[1]);
        Assert.Equal(29, twice[3].Length);
    }

    [Fact]
    public void Walls_mirror_the_ball()
    {
        Play<Breakout> play = Started(paddle: 0, column: 0, row: 5, DownLeft);
        play.Step();
        Assert.Equal([(6, 0)], play[1]);
        play.Step();
        Assert.Equal([(7, 1)], play[1]);
        play.Game.Bricks.Clear();
        play.Game.Place(0, 4, 0, UpLeft);
        play.Step();
        Assert.Equal([(0, 3)], play[1]);
        play.Step();
        Assert.Equal([(1, 2)], play[1]);
    }

    [Theory]
    [InlineData(4, UpRight)]
    [InlineData(5, UpLeft)]
    public void The_paddle_mirrors_a_ball_above_it_and_reverses_one_that_would_meet_it(int paddle, int direction)
    {
        Play<Breakout> play = Started(paddle, column: 4, row: 8, DownRight);
        Assert.Equal(default, play.Step());
        Assert.Equal([(8, 5)], play[1]);
        play.Step();
        Assert.Equal([direction == UpRight ? (7, 6) : (7, 4)], play[1]);
    }

    [Fact]
    public void A_ball_that_is_missed_ends_the_game_and_cleared_bricks_come_back_at_the_bottom()
    {
        Play<Breakout> play = Started(paddle: 1, column: 4, row: 8, DownRight);
        play.Game.Bricks.Clear();
        Assert.Equal(new StepOutcome(0, Terminated: true), play.Step(MinAtarAction.Left));
        Assert.Equal(30, play[3].Length);
        Assert.Equal([(9, 0)], play[0]);
    }

    private static Play<Breakout> Started(int paddle, int column, int row, int direction)
    {
        Play<Breakout> play = new(new(Play<Breakout>.Options));
        play.Game.Place(paddle, column, row, direction);
        return play;
    }
}
