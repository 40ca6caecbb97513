using Proximal.Control.Environments;
using Proximal.Control.Environments.Puzzles;

namespace Proximal.Control.Tests.Environments.Puzzles;

public sealed class SlidingPuzzleTests
{
    private static readonly DistanceTable Distances = SlidingBoard.Distances3();

    [Fact]
    public void The_boards_of_the_eight_puzzle_are_counted_as_they_are_known()
    {
        Assert.Equal(181_440, Distances.Reachable);
        Assert.Equal(31, Distances.Depth);
        Assert.Equal(2, Distances.Counts[31]);
        Assert.Equal(21.9724, Distances.MeanDistance, 5e-5);
        Assert.Equal([1, 2, 4, 8, 16], Distances.Counts[..5]);
    }

    [Fact]
    public void Heuristics_never_exceed_the_distance_and_grow_from_one_to_the_next()
    {
        byte[] board = new byte[9];
        double manhattan = 0, conflict = 0;
        for (int state = 0; state < 362_880; state += 37)
        {
            PermutationRank.Write(state, board);
            Assert.Equal(state, SlidingBoard.StateOf(board));
            int distance = Distances[state];
            int lower = SlidingBoard.Manhattan(board), higher = SlidingBoard.LinearConflict(board);
            Assert.True(SlidingBoard.Misplaced(board) <= lower && lower <= higher);
            if (distance != DistanceTable.Unreachable)
            {
                Assert.True(higher <= distance);
                Assert.Equal(distance % 2, lower % 2);
                manhattan += lower;
                conflict += higher;
            }
        }

        Assert.True(conflict > manhattan);
    }

    [Fact]
    public void Tiles_that_stand_in_each_others_way_cost_two_moves_more()
    {
        byte[] board = [2, 1, 3, 4, 5, 6, 7, 8, 0];
        Assert.Equal(2, SlidingBoard.Misplaced(board));
        Assert.Equal(2, SlidingBoard.Manhattan(board));
        Assert.Equal(4, SlidingBoard.LinearConflict(board));
        Assert.Equal(8, SlidingBoard.LinearConflict([3, 2, 1, 4, 5, 6, 7, 8, 0]));
        Assert.Equal(0, SlidingBoard.LinearConflict([0, 1, 2, 3, 4, 5, 6, 7, 8], gapFirst: true));
    }

    [Fact]
    public void A_move_into_the_goal_ends_the_episode_and_a_move_off_the_board_is_illegal()
    {
        SlidingPuzzle puzzle = new();
        float[] observation = new float[9];
        puzzle.Reset(1, observation);
        puzzle.SetBoard([1, 2, 3, 4, 5, 6, 7, 0, 8]);
        bool[] mask = new bool[4];
        puzzle.WriteActionMask(mask);
        Assert.Equal([true, false, true, true], mask);
        Assert.Equal(new StepOutcome(-1), puzzle.Step([2], observation));
        Assert.Equal(new StepOutcome(-1), puzzle.Step([3], observation));
        Assert.Equal(new StepOutcome(-1, Terminated: true), puzzle.Step([3], observation));
        Assert.Equal([1f, 2, 3, 4, 5, 6, 7, 8, 0], observation);
        Assert.Throws<ArgumentException>(() => puzzle.SetBoard([1, 1, 3, 4, 5, 6, 7, 0, 8]));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Episodes_begin_within_reach_and_keep_the_contract_of_environments(int size, bool gapFirst)
    {
        SlidingPuzzle puzzle = new(new SlidingPuzzleOptions { Size = size, GapFirst = gapFirst, Scramble = 5 });
        EnvironmentContract.AssertKept(puzzle);
        float[] observation = new float[size * size];
        for (ulong seed = 0; seed < 200; seed++)
        {
            puzzle.Reset(seed, observation);
            Assert.InRange(SlidingBoard.Manhattan(puzzle.Board, gapFirst), 1, 6);
        }

        StringWriter text = new();
        puzzle.WriteText(text);
        Assert.Contains('·', text.ToString());
    }
}
