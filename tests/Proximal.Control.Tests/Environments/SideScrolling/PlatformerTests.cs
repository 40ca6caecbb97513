using Proximal.Control.Environments;
using Proximal.Control.Environments.SideScrolling;

namespace Proximal.Control.Tests.Environments.SideScrolling;

public sealed class PlatformerTests
{
    private const int Right = 1, Run = 3, RunJump = 4, JumpUp = 5, Left = 6, Nothing = 0, WindowCells = 13 * 16;

    [Fact]
    public void Keeps_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new Platformer(), 300);
        EnvironmentContract.AssertKept(new Platformer(new() { World = 4, Observation = PlatformerObservation.Compact }), 300);
    }

    [Fact]
    public void Running_and_jumping_over_flat_ground_equal_the_worked_numbers()
    {
        (Platformer game, float[] observation) = OnFlatGround();
        (int, double)[] steps = [(Right, 49.0), (Run, 52.0), (Run, 57.24), (Run, 64.72), (Run, 74.30), (Run, 84.30), (RunJump, 94.30)];
        double before = 48;
        foreach ((int action, double x) in steps)
        {
            StepOutcome outcome = game.Step([action], observation);
            Assert.Equal(x, game.Position.X, 1e-9);
            Assert.Equal(Math.Round(x) - Math.Round(before) - (action == Run && x == 84.3 ? 1 : 0), outcome.Reward);
            before = x;
        }

        Assert.Equal(142.85, game.Position.Y, 1e-9);
        Assert.Equal(-4.1, game.Velocity.Y, 1e-9);
        Assert.Equal([2.5f / 2.5f, -4.1f / 4.5f, 0, (94.3f / 16) - 5, (142.85f / 16) - 8], observation[WindowCells..].Select(value => value), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Walking_is_slower_and_without_a_direction_friction_stops()
    {
        (Platformer game, float[] observation) = OnFlatGround();
        Repeat(game, Right, 4, observation);
        Assert.Equal(1.5, game.Velocity.X, 1e-9);
        Repeat(game, Nothing, 2, observation);
        Assert.Equal(0.7, game.Velocity.X, 1e-9);
        Repeat(game, Nothing, 2, observation);
        Assert.Equal(0, game.Velocity.X);
        Repeat(game, Left, 40, observation);
        Assert.Equal((0.0, 0.0), (game.Position.X, game.Velocity.X));
    }

    [Fact]
    public void A_jump_needs_a_fresh_press_on_the_ground_and_holding_makes_it_higher()
    {
        (Platformer held, float[] observation) = OnFlatGround();
        double highest = 160, first = double.NaN;
        for (int step = 0; step < 40; step++)
        {
            held.Step([JumpUp], observation);
            highest = Math.Min(highest, held.Position.Y);
            if (step == 0)
            {
                first = held.Velocity.Y;
            }
        }

        Assert.Equal(-3.5, first, 1e-9);
        Assert.Equal(160, held.Position.Y);
        (Platformer tapped, observation) = OnFlatGround();
        tapped.Step([JumpUp], observation);
        double tapHighest = tapped.Position.Y;
        for (int step = 0; step < 20; step++)
        {
            tapped.Step([Nothing], observation);
            tapHighest = Math.Min(tapHighest, tapped.Position.Y);
        }

        Assert.True(highest < tapHighest - 20);
        held.Step([Nothing], observation);
        held.Step([JumpUp], observation);
        Assert.True(held.Position.Y < 160);
    }

    [Fact]
    public void Walls_and_ceilings_stop_the_player()
    {
        (Platformer game, float[] observation) = OnFlatGround();
        game.Level.Fill(9, 11, 6, 8);
        Repeat(game, Run, 20, observation);
        Assert.Equal((84.0, 0.0), (game.Position.X, game.Velocity.X));
        game.Level.Fill(7, 8, 5, 6);
        Repeat(game, JumpUp, 2, observation);
        Assert.Equal(132.5, game.Position.Y);
        game.Step([JumpUp], observation);
        Assert.Equal(0.9, game.Velocity.Y, 1e-9);
        Assert.Equal(128 + 0.45 + 0.9, game.Position.Y, 1e-9);
    }

    [Fact]
    public void Gaps_and_walkers_kill_and_the_penalty_is_fifteen()
    {
        (Platformer gap, float[] observation) = OnFlatGround();
        gap.Level.Fill(11, 13, 4, 7, solid: false);
        gap.Place(64, 160);
        StepOutcome outcome = Repeat(gap, Nothing, 6, observation);
        Assert.Equal(new StepOutcome(-15, Terminated: true), outcome);

        (Platformer walker, observation) = OnFlatGround();
        walker.AddWalker(10, 5);
        double touch = 0;
        while (!outcome.Terminated || touch == 0)
        {
            outcome = walker.Step([Nothing], observation);
            touch = walker.Walkers[0].X;
            Assert.True(walker.Steps < 20);
        }

        Assert.Equal(new StepOutcome(-15, Terminated: true), outcome);
        Assert.Equal(59.5, touch);
    }

    [Fact]
    public void A_walker_that_is_jumped_on_dies_and_the_player_bounces()
    {
        (Platformer game, float[] observation) = OnFlatGround();
        game.AddWalker(10, 3);
        game.Place(48, 130, velocityY: 3);
        game.Step([Nothing], observation);
        Assert.Equal(0, game.Walkers[0].Alive);
        Assert.True(game.Velocity.Y < 0);
    }

    [Fact]
    public void Walkers_sleep_far_away_turn_at_walls_and_fall_into_gaps()
    {
        (Platformer game, float[] observation) = OnFlatGround();
        game.Level.Fill(9, 11, 10, 11);
        game.AddWalker(10, 12);
        game.AddWalker(10, 25);
        game.AddWalker(10, 17);
        game.Level.Fill(11, 13, 15, 16, solid: false);
        Repeat(game, Nothing, 8, observation);
        Assert.Equal((176, -1), (game.Walkers[0].X, game.Walkers[0].Direction));
        Repeat(game, Nothing, 1, observation);
        Assert.Equal((177.5, 1), (game.Walkers[0].X, game.Walkers[0].Direction));
        Assert.Equal(25 * 16, game.Walkers[1].X);
        Repeat(game, Nothing, 25, observation);
        Assert.Equal(0, game.Walkers[2].Alive);
    }

    [Fact]
    public void The_clock_loses_one_in_24_frames_and_its_end_is_death()
    {
        (Platformer game, float[] observation) = OnFlatGround();
        double total = 0;
        for (int step = 1; step < 2400; step++)
        {
            StepOutcome outcome = game.Step([Nothing], observation);
            Assert.False(outcome.Terminated);
            total += outcome.Reward;
            Assert.Equal(400 - (4 * step / 24), game.Clock);
        }

        Assert.Equal(-399, total);
        Assert.Equal(new StepOutcome(-15, Terminated: true), game.Step([Nothing], observation));
    }

    [Fact]
    public void Column_204_wins()
    {
        (Platformer game, float[] observation) = OnFlatGround();
        game.Place((204 * 16) - 5, 160, velocityX: 2.5);
        StepOutcome outcome = game.Step([Run], observation);
        Assert.Equal(new StepOutcome(5, Terminated: true), outcome);
        float[] metrics = new float[2];
        game.WriteMetrics(metrics);
        Assert.Equal([3264, 1], metrics);
    }

    [Fact]
    public void The_window_shows_tiles_walkers_and_the_player()
    {
        (Platformer game, float[] observation) = OnFlatGround();
        game.Level.Fill(9, 11, 8, 10);
        game.AddWalker(10, 6);
        game.Step([Nothing], observation);
        float[] row = observation[(10 * 16)..(11 * 16)];
        Assert.Equal([1, 1, 0, 0, 0, 3, 0, 0, 2, 0, 1, 1, 0, 0, 0, 0], row);
        Assert.All(observation[(11 * 16)..(13 * 16)], tile => Assert.Equal(1, tile));
    }

    [Fact]
    public void Features_are_the_columns_ahead_and_the_nearest_walkers()
    {
        Platformer game = new(new() { Observation = PlatformerObservation.Compact });
        float[] observation = new float[20];
        game.Reset(1, observation);
        game.Flatten();
        game.Level.Fill(9, 11, 5, 7);
        game.Level.Fill(11, 13, 8, 10, solid: false);
        game.AddWalker(10, 10);
        game.AddWalker(10, 7);
        game.Step([Nothing], observation);
        float walker = ((7 * 16) - 48 + 1.5f) / 256f, other = ((10 * 16) - 48 - 2) / 256f;
        Assert.Equal([0, 0.5f, 0.5f, 0, 0, 0, 0, 0, 0, 0, 1, 1, walker, 0, other, 0, 0, 0, 1, 0], observation);
    }

    [Fact]
    public void Levels_are_a_function_of_world_and_seed_and_have_what_the_world_allows()
    {
        PlatformerLevel level = new(), other = new();
        for (int world = 1; world <= 4; world++)
        {
            int widestGap = 0, highest = 0, walkers = 0, gaps = 0;
            for (int seed = 0; seed < 60; seed++)
            {
                level.Generate(world, seed);
                int gap = 0;
                for (int column = 0; column < PlatformerLevel.Columns; column++)
                {
                    bool open = !level.IsSolid(PlatformerLevel.GroundRow, column);
                    gap = open ? gap + 1 : 0;
                    gaps += open ? 1 : 0;
                    widestGap = Math.Max(widestGap, gap);
                    int height = 0;
                    while (level.IsSolid(PlatformerLevel.GroundRow - 1 - height, column))
                    {
                        height++;
                    }

                    highest = Math.Max(highest, height);
                    Assert.False((column < 12 || column >= 204) && (open || height > 0));
                }

                walkers += level.WalkerStarts.Count();
                other.Generate(world, seed + 1);
                Assert.NotEqual(Cells(level), Cells(other));
                other.Generate(world, seed);
                Assert.Equal(Cells(level), Cells(other));
            }

            Assert.Equal((world > 2 ? 4 : 3, 4), (widestGap, highest));
            Assert.InRange(walkers / 60.0, 7 + (3 * world), 18 + (9 * world));
            Assert.InRange(gaps / 60.0, 8, 20);
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    [InlineData(3, 7)]
    [InlineData(4, 11)]
    public void A_way_leads_through_every_level(int world, int level) =>
        Assert.InRange(BeamSearch.Solve(new() { World = world, Level = level, Observation = PlatformerObservation.Compact }), 310, 360);

    [Fact]
    public void Running_blindly_ends_at_the_first_obstacle_and_chance_gets_a_little_further()
    {
        (_, _, double[] run) = EnvironmentContract.Play(new Platformer(), 100, 1, _ => Run);
        Assert.InRange(run[0], 195, 250);
        Assert.Equal(0, run[1]);
        EpisodeRandom random = new(2);
        (_, _, double[] chance) = EnvironmentContract.Play(new Platformer(), 60, 1, _ => random.Integer(7));
        Assert.InRange(chance[0], 250, 530);
    }

    [Fact]
    public void Settings_outside_their_ranges_are_refused() =>
        Assert.StartsWith("'world' is 5, expected 1 to 4.", Assert.Throws<ArgumentException>(() => new Platformer(new() { World = 5 })).Message, StringComparison.Ordinal);

    private static StepOutcome Repeat(Platformer game, int action, int times, float[] observation)
    {
        StepOutcome outcome = default;
        for (int i = 0; i < times && !outcome.Terminated; i++)
        {
            outcome = game.Step([action], observation);
        }

        return outcome;
    }

    private static string Cells(PlatformerLevel level) => string.Concat(
        Enumerable.Range(0, PlatformerLevel.Rows * PlatformerLevel.Columns).Select(cell => level.IsSolid(cell / PlatformerLevel.Columns, cell % PlatformerLevel.Columns) ? '#' : '.'));

    private static (Platformer Game, float[] Observation) OnFlatGround()
    {
        Platformer game = new();
        float[] observation = new float[WindowCells + 5];
        game.Reset(1, observation);
        game.Flatten();
        return (game, observation);
    }
}
