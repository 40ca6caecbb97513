using Proximal.Control.Environments;
using Proximal.Control.Environments.MinAtar;
using Proximal.Control.Spaces;

namespace Proximal.Control.Tests.Environments.MinAtar;

public sealed class MinAtarGameTests
{
    public static TheoryData<string, int, int[]> Games => new()
    {
        { "minatar-breakout", 4, [0, 1, 3] },
        { "minatar-asterix", 4, [0, 1, 2, 3, 4] },
        { "minatar-spaceinvaders", 6, [0, 1, 3, 5] },
        { "minatar-freeway", 7, [0, 2, 4] },
        { "minatar-seaquest", 10, [0, 1, 2, 3, 4, 5] },
    };

    [Theory]
    [MemberData(nameof(Games))]
    public void Keeps_the_contract_of_environments(string name, int channels, int[] minimal)
    {
        foreach (MinAtarActionSet actions in Enum.GetValues<MinAtarActionSet>())
        {
            MinAtarGame game = Create(name, new() { Actions = actions, MaximumSteps = 300 });
            EnvironmentContract.AssertKept(game, 400);
            Assert.Equal(name, game.Specification.Name);
            Assert.Equal(100 * channels, game.Specification.Observations.Width);
            Assert.Equal(channels, game.Channels.Count);
            Assert.Equal(actions == MinAtarActionSet.Minimal ? minimal.Length : 6, ((DiscreteSpace)game.Specification.Actions).Count);
            if (actions == MinAtarActionSet.Masked)
            {
                bool[] mask = new bool[6];
                game.WriteActionMask(mask);
                Assert.Equal(minimal, Enumerable.Range(0, 6).Where(i => mask[i]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void Minimal_actions_are_those_of_the_full_set(string name, int channels, int[] minimal)
    {
        MinAtarGame all = Create(name, new()), few = Create(name, new() { Actions = MinAtarActionSet.Minimal });
        float[] expected = new float[100 * channels], actual = new float[100 * channels];
        all.Reset(3, expected);
        few.Reset(3, actual);
        EpisodeRandom random = new(1);
        for (int step = 0; step < 200; step++)
        {
            int choice = random.Integer(minimal.Length);
            StepOutcome outcome = all.Step([minimal[choice]], expected);
            Assert.Equal(outcome, few.Step([choice], actual));
            Assert.Equal(expected, actual);
            if (outcome.Terminated)
            {
                break;
            }
        }
    }

    [Fact]
    public void One_action_in_ten_repeats_the_last_one_that_was_carried_out()
    {
        float[] observation = new float[700];
        Freeway game = new(new() { StickyActions = 0.25, MaximumSteps = 0 });
        int repeated = 0, waited = 0;
        for (ulong seed = 0; seed < 400; seed++)
        {
            game.Reset(seed, observation);
            game.Step([0], observation);
            game.Step([0], observation);
            game.Step([0], observation);
            game.Step([(int)MinAtarAction.Up], observation);
            bool moved = observation[(8 * 10) + 4] == 1;
            waited += moved ? 0 : 1;
            repeated++;
        }

        Assert.InRange((double)waited / repeated, 0.19, 0.31);
    }

    [Fact]
    public void Random_play_of_breakout_returns_a_half()
    {
        EpisodeRandom random = new(4);
        (double total, double length, _) = EnvironmentContract.Play(new Breakout(), 1500, 1, _ => random.Integer(6));
        Assert.InRange(total, 0.35, 0.65);
        Assert.InRange(length, 10, 20);
    }

    [Fact]
    public void Settings_outside_their_ranges_are_refused()
    {
        Assert.StartsWith("'sticky-actions' is 1.5, expected 0 to 1.", Refuse(new() { StickyActions = 1.5 }), StringComparison.Ordinal);
        Assert.StartsWith("'actions' is 9, expected all, minimal or masked.", Refuse(new() { Actions = (MinAtarActionSet)9 }), StringComparison.Ordinal);
        Assert.StartsWith("'maximum-steps' is -1, expected at least 0.", Refuse(new() { MaximumSteps = -1 }), StringComparison.Ordinal);
    }

    private static string Refuse(MinAtarOptions options) => Assert.Throws<ArgumentException>(() => new Breakout(options)).Message;

    private static MinAtarGame Create(string name, MinAtarOptions options) => name switch
    {
        "minatar-breakout" => new Breakout(options),
        "minatar-asterix" => new Asterix(options),
        "minatar-spaceinvaders" => new SpaceInvaders(options),
        "minatar-freeway" => new Freeway(options),
        _ => new Seaquest(options),
    };
}
