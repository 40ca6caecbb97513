using Proximal.Control.Environments;
using Proximal.Control.Environments.MinAtar;

namespace Proximal.Control.Tests.Environments.MinAtar;

public sealed class SpaceInvadersTests
{
    [Fact]
    public void Aliens_begin_to_the_left_march_every_twelfth_frame_and_turn_at_the_edge()
    {
        Play<SpaceInvaders> play = new(new(Play<SpaceInvaders>.Options));
        Assert.Equal([(9, 5)], play[0]);
        Assert.Equal(24, play[1].Length);
        Assert.Equal(((0, 2), (3, 7)), (play[1][0], play[1][^1]));
        Assert.Equal(play[1], play[2]);
        Assert.Empty(play[3]);
        Wait(play, 12);
        Assert.Equal((0, 2), play[1][0]);
        play.Step();
        Assert.Equal((0, 1), play[1][0]);
        Wait(play, 12);
        Assert.Equal(((0, 0), (3, 5)), (play[1][0], play[1][^1]));
        Wait(play, 12);
        Assert.Equal(((1, 0), (4, 5)), (play[1][0], play[1][^1]));
        Assert.Equal(play[1], play[3]);
        Assert.Empty(play[2]);
    }

    [Fact]
    public void A_shot_rises_a_row_a_frame_hits_for_one_and_the_next_waits_five_frames()
    {
        Play<SpaceInvaders> play = new(new(Play<SpaceInvaders>.Options));
        for (int frame = 1; frame <= 4; frame++)
        {
            Assert.Equal(0, play.Step(MinAtarAction.Fire).Reward);
            Assert.Equal([(9 - frame, 5)], play[4]);
        }

        Assert.Equal(0, play.Step(MinAtarAction.Fire).Reward);
        Assert.Equal([(4, 5)], play[4]);
        Assert.Equal(1, play.Step(MinAtarAction.Fire).Reward);
        Assert.Equal(23, play[1].Length);
        Assert.DoesNotContain((3, 5), play[1]);
        Assert.Equal([(8, 5)], play[4]);
    }

    [Fact]
    public void The_lowest_alien_of_the_nearest_column_shoots_every_tenth_frame_and_its_shot_ends_the_game()
    {
        Play<SpaceInvaders> play = new(new(Play<SpaceInvaders>.Options));
        play.Step(5, MinAtarAction.Left);
        play.Game.Aliens[(3 * 10) + 2] = false;
        play.Step(5);
        Assert.Empty(play[5]);
        play.Step();
        Assert.Equal([(2, 2)], play[5]);
        play.Step();
        Assert.Equal([(3, 2)], play[5]);

        Play<SpaceInvaders> tie = new(new(Play<SpaceInvaders>.Options));
        tie.Game.Aliens.Clear();
        (tie.Game.Aliens[3], tie.Game.Aliens[7], tie.Game.Aliens[8]) = (true, true, true);
        tie.Step(11);
        Assert.Equal([(0, 3)], tie[5]);

        Play<SpaceInvaders> hit = new(new(Play<SpaceInvaders>.Options));
        hit.Game.AlienShots[(8 * 10) + 4] = true;
        Assert.Equal(new StepOutcome(0, Terminated: true), hit.Step(MinAtarAction.Left));
    }

    [Fact]
    public void A_cleared_wave_comes_back_faster_unless_difficulty_stays()
    {
        foreach (bool ramping in new[] { true, false })
        {
            Play<SpaceInvaders> play = new(new(Play<SpaceInvaders>.Options with { DifficultyRamping = ramping }));
            for (int wave = 1; wave <= 8; wave++)
            {
                play.Game.Aliens.Clear();
                play.Step();
                Assert.Equal(24, play[1].Length);
                Assert.Equal((0, 2), play[1][0]);
                Assert.Equal(ramping ? Math.Max(6, 12 - wave) : 12, play.Game.MoveInterval);
            }
        }
    }

    [Fact]
    public void Few_aliens_march_faster_and_one_that_reaches_the_cannon_ends_the_game()
    {
        Play<SpaceInvaders> play = new(new(Play<SpaceInvaders>.Options));
        play.Game.Aliens.Clear();
        (play.Game.Aliens[8], play.Game.Aliens[9]) = (true, true);
        play.Step(13);
        Assert.Equal([(0, 7), (0, 8)], play[1]);
        play.Step(2);
        Assert.Equal([(0, 6), (0, 7)], play[1]);

        Play<SpaceInvaders> reached = new(new(Play<SpaceInvaders>.Options));
        reached.Game.Aliens[(9 * 10) + 6] = true;
        Assert.Equal(new StepOutcome(0, Terminated: true), reached.Step(MinAtarAction.Right));

        Play<SpaceInvaders> bottom = new(new(Play<SpaceInvaders>.Options));
        bottom.Step(12);
        bottom.Game.Aliens[9 * 10] = true;
        Assert.Equal(new StepOutcome(0, Terminated: true), bottom.Step());
    }

    private static void Wait(Play<SpaceInvaders> play, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            play.Step();
            play.Game.AlienShots.Clear();
        }
    }
}
