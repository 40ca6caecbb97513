using Proximal.Control.Environments;
using Proximal.Control.Environments.MinAtar;

namespace Proximal.Control.Tests.Environments.MinAtar;

public sealed class SeaquestTests
{
    private const int Front = 0, Back = 1, Bullet = 2, Trail = 3, EnemyBullet = 4, Fish = 5, EnemySubmarine = 6, Oxygen = 7, DiverGauge = 8, Diver = 9;

    [Fact]
    public void Begins_at_the_surface_with_full_oxygen_facing_left()
    {
        Play<Seaquest> play = new(new(Play<Seaquest>.Options));
        Assert.Equal([(0, 5)], play[Front]);
        Assert.Equal([(0, 6)], play[Back]);
        Assert.Equal(10, play[Oxygen].Length);
        Assert.Empty(play[DiverGauge]);
        play.Step(50);
        Assert.Equal(10, play[Oxygen].Length);
        play.Step(MinAtarAction.Right);
        Assert.Equal(([(0, 6)], [(0, 5)]), (play[Front], play[Back]), Cells);
    }

    [Fact]
    public void The_first_enemy_comes_in_frame_21_and_the_first_diver_in_frame_31()
    {
        Play<Seaquest> play = new(new(Play<Seaquest>.Options));
        play.Step(20);
        Assert.Empty(play[Fish].Concat(play[EnemySubmarine]));
        play.Step();
        (int row, int column) = Assert.Single(play[Fish].Concat(play[EnemySubmarine]));
        Assert.InRange(row, 1, 8);
        Assert.True(column is 0 or 9);
        play.Step(9);
        Assert.Empty(play[Diver]);
        play.Step();
        Assert.Single(play[Diver]);
    }

    [Fact]
    public void A_third_of_the_enemies_are_submarines_and_none_meets_another_in_its_row()
    {
        int submarines = 0, all = 0;
        for (ulong seed = 0; seed < 300; seed++)
        {
            Play<Seaquest> play = new(new(Play<Seaquest>.Options), seed);
            play.Step(21 + 20);
            submarines += play[EnemySubmarine].Length;
            all += play[EnemySubmarine].Length + play[Fish].Length;
            foreach (IGrouping<int, Mover> row in play.Game.Fish.Concat(play.Game.EnemySubmarines).GroupBy(mover => mover.Row))
            {
                Assert.Single(row.Select(mover => mover.ToRight).Distinct());
            }
        }

        Assert.InRange((double)submarines / all, 0.27, 0.39);
    }

    [Fact]
    public void Bullets_fly_a_cell_a_frame_and_hit_fish_before_submarines()
    {
        Play<Seaquest> play = Under(row: 4, column: 5);
        play.Game.Fish.Add(new(2, 4, toRight: true) { MoveTimer = 50 });
        play.Game.EnemySubmarines.Add(new(2, 4, toRight: true) { MoveTimer = 50, ShotTimer = 50 });
        Assert.Equal(0, play.Step(MinAtarAction.Fire).Reward);
        Assert.Equal([(4, 4)], play[Bullet]);
        Assert.Equal(0, play.Step(MinAtarAction.Fire).Reward);
        Assert.Equal(1, play.Step(MinAtarAction.Fire).Reward);
        Assert.Equal((0, 1, 0), (play[Fish].Length, play[EnemySubmarine].Length, play[Bullet].Length));
        Assert.Equal([(4, 1)], play[Trail]);
        Assert.Equal(0, play.Step(2, MinAtarAction.Fire).Reward);
        Assert.Empty(play[Bullet]);
        play.Step(MinAtarAction.Fire);
        Assert.Equal([(4, 4)], play[Bullet]);
        play.Step();
        Assert.Equal(1, play.Step().Reward);
        play.Game.Bullets.Add(new(0, 7, toRight: false));
        play.Step();
        Assert.Empty(play[Bullet]);
    }

    [Fact]
    public void An_enemy_that_moves_into_a_bullet_is_hit_and_one_that_touches_ends_the_game()
    {
        Play<Seaquest> play = Under(row: 4, column: 5);
        play.Game.Bullets.Add(new(3, 4, toRight: false));
        play.Game.Fish.Add(new(1, 4, toRight: true));
        Assert.Equal(1, play.Step().Reward);

        foreach (bool fish in new[] { true, false })
        {
            Play<Seaquest> moving = Under(row: 4, column: 5), still = Under(row: 4, column: 5);
            (fish ? moving.Game.Fish : moving.Game.EnemySubmarines).Add(new(4, 4, toRight: true) { ShotTimer = 50 });
            (fish ? still.Game.Fish : still.Game.EnemySubmarines).Add(new(4, 4, toRight: true) { MoveTimer = 5, ShotTimer = 50 });
            Assert.True(moving.Step().Terminated);
            Assert.False(still.Step().Terminated);
            Assert.True(still.Step(MinAtarAction.Left).Terminated);
        }
    }

    [Fact]
    public void Enemy_submarines_shoot_every_eleventh_frame_and_their_bullets_end_the_game()
    {
        Play<Seaquest> play = Under(row: 4, column: 5);
        play.Game.EnemySubmarines.Add(new(0, 7, toRight: true) { MoveTimer = 100, ShotTimer = 10 });
        play.Step(10);
        Assert.Empty(play[EnemyBullet]);
        play.Step();
        Assert.Equal([(7, 1)], play[EnemyBullet]);
        play.Step();
        Assert.Equal([(7, 2)], play[EnemyBullet]);
        play.Game.EnemyBullets.Add(new(3, 4, toRight: true));
        Assert.False(play.Step().Terminated);
        Assert.True(play.Step().Terminated);
    }

    [Fact]
    public void Movers_step_once_in_their_interval_plus_one_frames_and_leave_the_board()
    {
        Play<Seaquest> play = Under(row: 4, column: 5);
        play.Game.Fish.Add(new(0, 8, toRight: true) { MoveTimer = 5 });
        play.Game.Divers.Add(new(9, 7, toRight: false) { MoveTimer = 5 });
        for (int frame = 1; frame < 18; frame++)
        {
            play.Step();
            Assert.Equal([(8, frame / 6)], play[Fish]);
            Assert.Equal([(7, 9 - (frame / 6))], play[Diver]);
        }

        play.Game.Fish.Clear();
        play.Game.Divers.Clear();
        play.Game.Fish.Add(new(9, 8, toRight: true));
        play.Game.Divers.Add(new(0, 7, toRight: false));
        play.Step();
        Assert.Equal((0, 0), (play[Fish].Length, play[Diver].Length));
    }

    [Fact]
    public void Six_divers_fit_aboard()
    {
        Play<Seaquest> play = Under(row: 4, column: 5);
        for (int i = 1; i <= 8; i++)
        {
            play.Game.Divers.Add(new(5, 4, toRight: true) { MoveTimer = 50 });
        }

        play.Game.Divers.Add(new(4, 4, toRight: true));
        play.Step();
        Assert.Equal(6, play[DiverGauge].Length);
        Assert.Equal((9, 3), play[DiverGauge][0]);
        Assert.Equal((9, 8), play[DiverGauge][^1]);
        Assert.Equal(3, play.Game.Divers.Count);

        Play<Seaquest> moving = Under(row: 4, column: 5);
        moving.Game.Divers.Add(new(4, 4, toRight: true));
        moving.Step();
        Assert.Equal(1, moving.Game.DiversAboard);
    }

    [Fact]
    public void Oxygen_falls_under_water_and_its_end_ends_the_game()
    {
        Play<Seaquest> play = Under(row: 4, column: 5);
        int before = play.Game.Oxygen;
        play.Step();
        Assert.Equal(before - 1, play.Game.Oxygen);
        play.Game.Oxygen = 59;
        play.Step();
        Assert.Equal(2, play[Oxygen].Length);
        play.Game.Oxygen = 1;
        Assert.False(play.Step().Terminated);
        Assert.True(play.Step().Terminated);
    }

    [Fact]
    public void Surfacing_needs_a_diver_refills_oxygen_and_pays_with_six()
    {
        Play<Seaquest> none = Under(row: 1, column: 5);
        Assert.True(none.Step(MinAtarAction.Up).Terminated);

        Play<Seaquest> two = Under(row: 1, column: 5);
        two.Game.DiversAboard = 2;
        Assert.Equal(new StepOutcome(0), two.Step(MinAtarAction.Up));
        Assert.Equal((200, 1), (two.Game.Oxygen, two.Game.DiversAboard));
        Assert.Equal((19, 5), two.Game.Intervals);
        two.Step(3);
        Assert.Equal((200, 1), (two.Game.Oxygen, two.Game.DiversAboard));

        Play<Seaquest> six = Under(row: 1, column: 5);
        (six.Game.DiversAboard, six.Game.Oxygen) = (6, 119);
        Assert.Equal(new StepOutcome(5), six.Step(MinAtarAction.Up));
        Assert.Equal((200, 0), (six.Game.Oxygen, six.Game.DiversAboard));
    }

    [Fact]
    public void Every_surfacing_speeds_enemies_up_unless_difficulty_stays()
    {
        foreach (bool ramping in new[] { true, false })
        {
            Play<Seaquest> play = Under(row: 1, column: 5, ramping);
            for (int surfacing = 1; surfacing <= 25; surfacing++)
            {
                play.Game.Fish.Clear();
                play.Game.EnemySubmarines.Clear();
                play.Game.EnemyBullets.Clear();
                play.Game.DiversAboard = 2;
                play.Step(MinAtarAction.Up);
                Assert.Equal(ramping ? (Math.Max(1, 20 - surfacing), Math.Max(2, 5 - (surfacing / 2))) : (20, 5), play.Game.Intervals);
                play.Game.Fish.Clear();
                play.Game.EnemySubmarines.Clear();
                play.Game.EnemyBullets.Clear();
                play.Step(MinAtarAction.Down);
            }
        }
    }

    private static Play<Seaquest> Under(int row, int column, bool ramping = true)
    {
        Play<Seaquest> play = new(new(Play<Seaquest>.Options with { DifficultyRamping = ramping }));
        play.Step(MinAtarAction.Down);
        (play.Game.Submarine.Row, play.Game.Submarine.Column) = (row, column);
        return play;
    }

    private static bool Cells(((int, int)[] First, (int, int)[] Second) expected, ((int, int)[] First, (int, int)[] Second) actual) =>
        expected.First.SequenceEqual(actual.First) && expected.Second.SequenceEqual(actual.Second);
}
