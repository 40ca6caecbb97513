using Proximal.Control.Environments;
using Proximal.Control.Environments.MinAtar;

namespace Proximal.Control.Tests.Environments.MinAtar;

public sealed class FreewayTests
{
    [Fact]
    public void Cars_move_once_in_their_speed_plus_one_frames_and_come_back_on_the_other_side()
    {
        Play<Freeway> play = Quiet(out Freeway game);
        for (int i = 0; i < 8; i++)
        {
            game.Periods[i] = (i % 5) + 1;
            game.Cars[i] = new(0, i + 1, toRight: i % 2 == 0) { MoveTimer = game.Periods[i] };
        }

        for (int frame = 1; frame <= 60; frame++)
        {
            play.Step();
            for (int i = 0; i < 8; i++)
            {
                int moves = frame / ((i % 5) + 2), column = ((i % 2 == 0 ? moves : -moves) + 100) % 10, behind = (column + (i % 2 == 0 ? 9 : 1)) % 10;
                Assert.Contains((i + 1, column), play[1]);
                Assert.Contains((i + 1, behind), play[2 + (i % 5)]);
            }
        }
    }

    [Fact]
    public void The_chicken_steps_every_third_frame_and_the_other_side_is_worth_one()
    {
        Play<Freeway> play = Quiet(out Freeway game);
        int[] speeds = game.Periods.ToArray();
        double total = 0;
        for (int frame = 1; frame <= 3 * 9; frame++)
        {
            int row = 9 - ((frame - 2) / 3);
            Assert.Equal([(row, 4)], play[0]);
            total += play.Step(MinAtarAction.Up).Reward;
            Park(game);
        }

        Assert.Equal(0, total);
        Assert.Equal([(1, 4)], play[0]);
        Assert.Equal(1, play.Step(MinAtarAction.Up).Reward);
        Assert.Equal([(9, 4)], play[0]);
        Assert.NotEqual(speeds, game.Periods.ToArray());
        Assert.All(game.Periods.ToArray(), speed => Assert.InRange(speed, 1, 5));
    }

    [Fact]
    public void A_car_sends_the_chicken_back_whoever_runs_into_whom()
    {
        Play<Freeway> play = Quiet(out Freeway game);
        game.Cars[7] = new(4, 8, toRight: true) { MoveTimer = 100 };
        play.Step(3);
        play.Step(MinAtarAction.Up);
        Assert.Equal([(9, 4)], play[0]);
        game.Cars[7] = new(3, 8, toRight: true) { MoveTimer = 4 };
        play.Step(2);
        play.Step(MinAtarAction.Up);
        Assert.Equal([(8, 4)], play[0]);
        play.Step(2);
        Assert.Equal([(9, 4)], play[0]);
    }

    [Fact]
    public void The_game_is_over_after_its_frames()
    {
        Play<Freeway> play = new(new(Play<Freeway>.Options));
        Assert.Equal(default, play.Step(2500));
        Assert.Equal(new StepOutcome(0, Terminated: true), play.Step());
    }

    private static Play<Freeway> Quiet(out Freeway game)
    {
        Play<Freeway> play = new(new(Play<Freeway>.Options));
        game = play.Game;
        Park(game);
        return play;
    }

    private static void Park(Freeway game)
    {
        for (int i = 0; i < 8; i++)
        {
            game.Cars[i] = new(0, i + 1, toRight: true) { MoveTimer = 100 };
        }
    }
}
