using Proximal.Control.Environments;
using Proximal.Control.Environments.MiniGrid;
using Proximal.Control.Spaces;

namespace Proximal.Control.Tests.Environments.MiniGrid;

public sealed class MiniGridTests
{
    [Fact]
    public void Keeps_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new DoorKey());
        EnvironmentContract.AssertKept(new DoorKey(new() { Size = 5, FullObservation = true }));
        EnvironmentContract.AssertKept(new UnlockPickup());
        EnvironmentContract.AssertKept(new FourRooms(new() { FullObservation = true }));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(16)]
    public void Doors_keys_and_agents_lie_where_they_should(int size)
    {
        DoorKey environment = new(new() { Size = size });
        Assert.Equal(10 * size * size, environment.Specification.MaximumSteps);
        HashSet<int> walls = [], doors = [];
        foreach (MiniGridLayout layout in Begin(environment, 300))
        {
            MiniGridState state = environment.State;
            Assert.InRange(layout.Door.X, 2, size - 3);
            Assert.InRange(layout.Door.Y, 1, size - 3);
            Assert.Equal(new GridPlace(size - 2, size - 2), layout.Goal);
            Assert.True(state.Agent.X < layout.Door.X && state.Key.X < layout.Door.X && state.Agent != state.Key);
            Assert.Equal((GridColor.Yellow, DoorState.Locked, GridObject.Empty), (layout.DoorColor, state.Door, state.Carried));
            walls.Add(layout.Door.X);
            doors.Add(layout.Door.Y);
        }

        Assert.Equal((size - 4, size - 3), (walls.Count, doors.Count));
        Assert.Throws<ArgumentException>(() => new DoorKey(new() { Size = 4 }));
    }

    [Fact]
    public void Boxes_keys_and_agents_lie_in_their_rooms()
    {
        UnlockPickup environment = new();
        Assert.Equal(288, environment.Specification.MaximumSteps);
        HashSet<GridColor> colors = [];
        foreach (MiniGridLayout layout in Begin(environment, 300))
        {
            MiniGridState state = environment.State;
            Assert.Equal(5, layout.Door.X);
            Assert.InRange(layout.Door.Y, 1, 4);
            Assert.InRange(state.Box.X, 6, 9);
            Assert.True(state.Box.Distance(new GridPlace(8, 3)) >= 2);
            Assert.InRange(state.Key.X, 1, 4);
            Assert.InRange(state.Agent.X, 1, 4);
            Assert.Contains(state.At(layout, state.Agent.Next(state.Direction)), new[] { GridObject.Empty, GridObject.Wall });
            colors.Add(layout.BoxColor);
        }

        Assert.Equal(6, colors.Count);
    }

    [Fact]
    public void Every_wall_between_rooms_has_one_gap()
    {
        FourRooms environment = new();
        Assert.Equal(100, environment.Specification.MaximumSteps);
        foreach (MiniGridLayout layout in Begin(environment, 100))
        {
            Assert.Equal(1, Enumerable.Range(1, 8).Count(i => !layout.IsWall(new GridPlace(9, i))));
            Assert.Equal(1, Enumerable.Range(10, 8).Count(i => !layout.IsWall(new GridPlace(9, i))));
            Assert.Equal(1, Enumerable.Range(1, 8).Count(i => !layout.IsWall(new GridPlace(i, 9))));
            Assert.Equal(1, Enumerable.Range(10, 8).Count(i => !layout.IsWall(new GridPlace(i, 9))));
            Assert.False(layout.IsWall(layout.Goal) || layout.IsWall(environment.State.Agent));
            Assert.NotEqual(layout.Goal, environment.State.Agent);
        }
    }

    [Fact]
    public void A_shortest_solution_opens_the_door_and_earns_what_its_steps_leave()
    {
        foreach (MiniGridEnvironment environment in (MiniGridEnvironment[])[new DoorKey(new() { Size = 6 }), new UnlockPickup(), new FourRooms()])
        {
            float[] observation = new float[environment.Specification.Observations.Width], metrics = new float[1];
            foreach (MiniGridLayout layout in Begin(environment, 20))
            {
                IReadOnlyList<GridAction> plan = MiniGridPlanner.Plan(layout, environment.State)!;
                Assert.True(MiniGridPlanner.LowerBound(layout, environment.State) <= plan.Count);
                Assert.Equal(ShortestByBreadth(layout, environment.State), plan.Count);
                StepOutcome outcome = default;
                foreach (GridAction action in plan.Take(environment.Specification.MaximumSteps))
                {
                    Assert.False(outcome.Terminated);
                    outcome = environment.Step([(int)action], observation);
                }

                Assert.True(outcome.Terminated);
                Assert.Equal(1 - (0.9 * plan.Count / environment.Specification.MaximumSteps), outcome.Reward, 1e-12);
                environment.WriteMetrics(metrics);
                Assert.Equal(1, metrics[0]);
            }
        }
    }

    [Fact]
    public void Objects_do_what_they_do_in_minigrid()
    {
        DoorKey environment = new(new() { Size = 5 });
        MiniGridLayout layout = Begin(environment, 1).Single();
        GridPlace door = layout.Door;
        MiniGridState before = environment.State with { Agent = door.Next(2), Direction = 0, Key = new GridPlace(1, 4 - door.Y) };
        Assert.Equal(before, before.After(layout, GridAction.Forward));
        Assert.Equal(before, before.After(layout, GridAction.Toggle));
        Assert.Equal(before, before.After(layout, GridAction.Pickup));
        Assert.Equal(before, before.After(layout, GridAction.Done));
        Assert.Equal(3, before.After(layout, GridAction.Left).Direction);
        Assert.Equal(1, before.After(layout, GridAction.Right).Direction);
        MiniGridState holding = before with { Key = GridPlace.Nowhere, Carried = GridObject.Key };
        MiniGridState open = holding.After(layout, GridAction.Toggle);
        Assert.Equal((DoorState.Open, GridObject.Key), (open.Door, open.Carried));
        Assert.Equal(DoorState.Closed, open.After(layout, GridAction.Toggle).Door);
        Assert.Equal(DoorState.Open, (open.After(layout, GridAction.Toggle) with { Carried = GridObject.Empty }).After(layout, GridAction.Toggle).Door);
        Assert.Equal(open, open.After(layout, GridAction.Drop));
        Assert.Equal(door, open.After(layout, GridAction.Forward).Agent);
        MiniGridState beyond = open with { Agent = door, Direction = 0 };
        MiniGridState dropped = beyond.After(layout, GridAction.Drop);
        Assert.Equal(door.Next(0) == layout.Goal ? GridPlace.Nowhere : door.Next(0), dropped.Key);
        MiniGridState wall = holding with { Direction = 2 };
        Assert.Equal(wall, wall.After(layout, GridAction.Drop));

        MiniGridState box = open with { Agent = door, Direction = 0, Box = door.Next(0) };
        Assert.Equal(GridPlace.Nowhere, box.After(layout, GridAction.Toggle).Box);
        Assert.Equal(box, box.After(layout, GridAction.Pickup));
        Assert.Equal(GridObject.Box, (box with { Carried = GridObject.Empty }).After(layout, GridAction.Pickup).Carried);
        Assert.Equal(box, box.After(layout, GridAction.Forward));
    }

    [Fact]
    public void A_broken_box_leaves_no_solution()
    {
        UnlockPickup environment = new();
        MiniGridLayout layout = Begin(environment, 1).Single();
        Assert.Null(MiniGridPlanner.Plan(layout, environment.State with { Box = GridPlace.Nowhere }));
    }

    [Fact]
    public void The_agent_sees_what_is_before_it_and_not_through_walls_and_doors()
    {
        DoorKey environment = new(new() { Size = 5 });
        float[] observation = new float[environment.Specification.Observations.Width];
        for (int episode = 0; ; episode++)
        {
            environment.Reset(new EpisodeRandom(1, 0, episode), observation);
            if (environment.Layout.Door == new GridPlace(2, 2) && environment.State.Agent == new GridPlace(1, 1) && environment.State.Key == new GridPlace(1, 3))
            {
                break;
            }
        }

        Turn(environment, observation, 1);
        Assert.Equal(
            """
            .......
            .......
            .......
            ..###..
            ..#k#..
            ..D.#..
            ..#.#..
            """,
            View(observation));
        Assert.Equal((4f, 2f), (At(observation, 1, 5, 2), At(observation, 2, 5, 2)));
        Turn(environment, observation, 0);
        Assert.Equal((float)GridObject.Wall, At(observation, 0, 5, 3));
        Assert.Equal((float)GridObject.Door, At(observation, 0, 5, 4));
        Assert.All(Enumerable.Range(0, 7), column => Assert.Equal(0, At(observation, 0, 4, column)));

        foreach (GridAction action in (GridAction[])[GridAction.Right, GridAction.Forward, GridAction.Pickup, GridAction.Left])
        {
            environment.Step([(int)action], observation);
        }

        Assert.Equal((float)GridObject.Key, At(observation, 0, 6, 3));
        Assert.Equal((float)GridObject.Door, At(observation, 0, 5, 3));
        Assert.Equal(0, At(observation, 0, 4, 3));
        environment.Step([(int)GridAction.Toggle], observation);
        Assert.Equal((float)GridObject.Empty, At(observation, 0, 4, 3));
        Assert.Equal((float)GridObject.Wall, At(observation, 0, 3, 3));
        Assert.Equal((float)GridObject.Goal, At(observation, 0, 4, 4));
    }

    [Fact]
    public void The_whole_grid_shows_the_agent_and_its_direction()
    {
        DoorKey environment = new(new() { Size = 6, FullObservation = true });
        DictionarySpace space = (DictionarySpace)environment.Specification.Observations;
        Assert.Equal((3 * 36) + 1, space.Width);
        float[] observation = new float[space.Width];
        environment.Reset(4, observation);
        MiniGridState state = environment.State;
        int agent = (state.Agent.Y * 6) + state.Agent.X, key = (state.Key.Y * 6) + state.Key.X, door = (environment.Layout.Door.Y * 6) + environment.Layout.Door.X;
        Assert.Equal((10f, 0f, (float)state.Direction), (observation[agent], observation[36 + agent], observation[72 + agent]));
        Assert.Equal((5f, 4f, 0f), (observation[key], observation[36 + key], observation[72 + key]));
        Assert.Equal((4f, 4f, 2f), (observation[door], observation[36 + door], observation[72 + door]));
        Assert.Equal((8f, 1f, 0f), (observation[28], observation[36 + 28], observation[72 + 28]));
        Assert.Equal((2f, 5f, 0f), (observation[0], observation[36], observation[72]));
        Assert.Equal(state.Direction, observation[^1]);
    }

    private static IEnumerable<MiniGridLayout> Begin(MiniGridEnvironment environment, int episodes)
    {
        float[] observation = new float[environment.Specification.Observations.Width];
        for (int episode = 0; episode < episodes; episode++)
        {
            environment.Reset(new EpisodeRandom(5, 0, episode), observation);
            yield return environment.Layout;
        }
    }

    private static void Turn(MiniGridEnvironment environment, float[] observation, int direction)
    {
        do
        {
            environment.Step([(int)GridAction.Left], observation);
        }
        while (environment.State.Direction != direction);
    }

    private static float At(float[] observation, int channel, int row, int column) => observation[(channel * 49) + (row * 7) + column];

    private static string View(float[] observation) => string.Join(
        '\n',
        Enumerable.Range(0, 7).Select(row => string.Concat(Enumerable.Range(0, 7).Select(column => (GridObject)(int)At(observation, 0, row, column) switch
        {
            GridObject.Wall => '#',
            GridObject.Door => 'D',
            GridObject.Key => 'k',
            GridObject.Goal => 'G',
            _ => '.',
        }))));

    private static int ShortestByBreadth(MiniGridLayout layout, MiniGridState start)
    {
        HashSet<MiniGridState> seen = [start];
        List<MiniGridState> frontier = [start];
        for (int steps = 0; frontier.Count > 0; steps++)
        {
            List<MiniGridState> next = [];
            foreach (MiniGridState state in frontier)
            {
                if (state.IsDone(layout))
                {
                    return steps;
                }

                for (int action = 0; action < 6; action++)
                {
                    MiniGridState after = state.After(layout, (GridAction)action);
                    if (seen.Add(after))
                    {
                        next.Add(after);
                    }
                }
            }

            frontier = next;
        }

        return -1;
    }
}
