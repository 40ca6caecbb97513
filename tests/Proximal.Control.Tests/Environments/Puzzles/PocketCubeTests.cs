using Proximal.Control.Environments;
using Proximal.Control.Environments.Puzzles;

namespace Proximal.Control.Tests.Environments.Puzzles;

public sealed class PocketCubeTests
{
    [Fact]
    public void States_at_every_distance_in_quarter_turns_are_counted_as_they_are_known()
    {
        DistanceTable distances = PocketCubeMoves.QuarterTurns().Distances();
        Assert.Equal([1, 6, 27, 120, 534, 2256, 8969, 33058, 114149, 360508, 930588, 1350852, 782536, 90280, 276], distances.Counts);
        Assert.Equal(PocketCubeMoves.States, distances.Reachable);
        Assert.Equal(10.6664, distances.MeanDistance, 5e-5);
    }

    [Fact]
    public void States_at_every_distance_with_half_turns_are_counted_as_they_are_known() =>
        Assert.Equal([1, 9, 54, 321, 1847, 9992, 50136, 227536, 870072, 1887748, 623800, 2644], PocketCubeMoves.HalfTurns().Distances().Counts);

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 33)]
    [InlineData(3, 153)]
    [InlineData(4, 687)]
    public void Macros_are_the_different_products_of_quarter_turns(int length, int count)
    {
        PocketCubeMoves macros = PocketCubeMoves.Macros(length), quarters = PocketCubeMoves.QuarterTurns();
        Assert.Equal(count, macros.Count);
        string[] names = [.. Enumerable.Range(0, 6).Select(quarters.Name)];
        for (int macro = 0; macro < count; macro += 7)
        {
            int state = 123_456, expected = state;
            foreach (string turn in macros.Name(macro).Split(' '))
            {
                expected = quarters.Apply(expected, Array.IndexOf(names, turn));
            }

            Assert.Equal(expected, macros.Apply(state, macro));
        }
    }

    [Fact]
    public void A_turn_and_its_inverse_end_where_they_began_and_solving_ends_the_episode()
    {
        PocketCube cube = new();
        float[] observation = new float[14];
        cube.Reset(1, observation);
        Assert.NotEqual(PocketCubeMoves.Solved, cube.CubeState);
        cube.CubeState = PocketCubeMoves.Solved;
        Assert.Equal(new StepOutcome(-1), cube.Step([2], observation));
        Assert.Equal([4f, 1, 2, 0, 6, 5, 3, 2, 0, 0, 1, 1, 0, 2], observation);
        Assert.Equal(new StepOutcome(-1, Terminated: true), cube.Step([3], observation));
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0], observation);
    }

    [Fact]
    public void The_net_of_a_turned_cube_shows_the_colors_of_a_real_one()
    {
        PocketCube cube = new();
        cube.Reset(1, new float[14]);
        cube.CubeState = PocketCubeMoves.Solved;
        cube.Step([2], new float[14]);
        StringWriter text = new() { NewLine = "\n" };
        cube.WriteText(text);

        // A clockwise turn of the right face: front to up, up to back, back to down, down to front.
        Assert.Equal("  WG\n  WG\nOOGYRRWB\nOOGYRRWB\n  YB\n  YB\n", text.ToString());
    }

    [Fact]
    public void Episodes_keep_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new PocketCube(new PocketCubeOptions { Scramble = 3 }));
        EnvironmentContract.AssertKept(new PocketCube(new PocketCubeOptions { MacroLength = 2, MaximumSteps = 10 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PocketCube(new PocketCubeOptions { MacroLength = 2, HalfTurns = true }));
    }
}
