using Proximal.Control.Environments;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Environments.Diagnostic;
using Proximal.Control.Planning;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Planning;

public sealed class MonteCarloTreeSearchTests
{
    [Fact]
    public void Sees_a_reward_that_lies_several_steps_ahead()
    {
        // Left pays 0.1 at once, right pays 1 at the end of four steps.
        Corridor corridor = new(4);
        MonteCarloTreeSearch search = new(new Corridor(4), new TreeSearchOptions { Simulations = 200, Discount = 1 });
        Assert.Equal(1, search.PlayEpisode(corridor, new EpisodeRandom(1)), 1e-9);
    }

    [Fact]
    public void Cannot_foresee_chance()
    {
        // Action 1 pays 1 with probability 0.4 and is worth less than the 0.5 of action 0; a search that knew the numbers would often take it.
        MonteCarloTreeSearch search = new(new Gamble(), new TreeSearchOptions { Simulations = 400 });
        float[] observation = new float[1];
        for (ulong seed = 0; seed < 20; seed++)
        {
            Gamble gamble = new();
            gamble.Reset(seed, observation);
            Assert.Equal(0, search.Choose(gamble, observation));
            Assert.Equal(0.5, search.Value(0), 1e-12);
            Assert.True(search.Value(1) < 0.5);
            Assert.Equal(400, search.Visits[0] + search.Visits[1]);
        }
    }

    [Fact]
    public void Tries_no_illegal_action()
    {
        MonteCarloTreeSearch search = new(new Masked(), new TreeSearchOptions { Simulations = 64 });
        Masked environment = new();
        float[] observation = new float[1];
        environment.Reset(1, observation);
        Assert.Equal(2, search.Choose(environment, observation));
        Assert.Equal([0, 0, 64], search.Visits.ToArray());
    }

    [Fact]
    public void A_guide_takes_the_place_of_rollouts()
    {
        // Values that point right and priors that point left: with enough simulations the values win.
        static double Judge(SingleEnvironment state, ReadOnlySpan<float> observation, Span<float> priors)
        {
            priors[0] = 0.6f;
            priors[1] = 0.4f;
            return observation[0] / 4;
        }

        MonteCarloTreeSearch one = new(new Corridor(4), new TreeSearchOptions { Simulations = 1 }, Judge);
        MonteCarloTreeSearch many = new(new Corridor(4), new TreeSearchOptions { Simulations = 400, Exploration = 1 }, Judge);
        Corridor corridor = new(4);
        float[] observation = new float[1];
        corridor.Reset(1, observation);
        Assert.Equal(0, one.Choose(corridor, observation));
        Assert.Equal(1, many.Choose(corridor, observation));
    }

    [Fact]
    public void Solves_the_identity_environment()
    {
        IdentityEnvironment environment = new(new DiscreteSpace(4), 20);
        MonteCarloTreeSearch search = new(environment, new TreeSearchOptions { Simulations = 40, RolloutSteps = 0 });
        Assert.Equal(20, search.PlayEpisode(new IdentityEnvironment(new DiscreteSpace(4), 20), new EpisodeRandom(3)));
    }

    [Fact]
    public void Balances_the_pole()
    {
        MonteCarloTreeSearch search = new(new CartPole(), new TreeSearchOptions { Simulations = 30, RolloutSteps = 30 });
        Assert.Equal(500, search.PlayEpisode(new CartPole(), new EpisodeRandom(1)));
    }

    [Fact]
    public void Refuses_what_it_cannot_search()
    {
        Assert.Throws<ArgumentException>(() => new MonteCarloTreeSearch(new IdentityEnvironment(new BoxSpace(new Shape(1), -1, 1))));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MonteCarloTreeSearch(new CartPole(), new TreeSearchOptions { Simulations = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MonteCarloTreeSearch(new CartPole(), new TreeSearchOptions { Discount = 1.5 }));
    }

    private sealed class Corridor(int length) : SingleEnvironment
    {
        private int cell;

        public override EnvironmentSpecification Specification { get; } = new()
        {
            Name = "corridor",
            Observations = new DiscreteSpace(length + 1),
            Actions = new DiscreteSpace(2),
        };

        protected override SingleEnvironment NewCopy() => new Corridor(length);

        protected override void Begin(Span<float> observation) => observation[0] = cell = 0;

        protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
        {
            if (action[0] == 0)
            {
                return new StepOutcome(0.1, Terminated: true);
            }

            observation[0] = ++cell;
            return new StepOutcome(cell == length ? 1 : 0, cell == length);
        }

        protected override void TransferState(StateTransfer state) => state.Value(ref cell);
    }

    private sealed class Gamble : SingleEnvironment
    {
        public override EnvironmentSpecification Specification { get; } = new()
        {
            Name = "gamble",
            Observations = new DiscreteSpace(1),
            Actions = new DiscreteSpace(2),
        };

        protected override SingleEnvironment NewCopy() => new Gamble();

        protected override void Begin(Span<float> observation) => observation[0] = 0;

        protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation) =>
            new(action[0] == 0 ? 0.5 : Random.Chance(0.4) ? 1 : 0, Terminated: true);

        protected override void TransferState(StateTransfer state)
        {
        }
    }

    private sealed class Masked : SingleEnvironment
    {
        public override EnvironmentSpecification Specification { get; } = new()
        {
            Name = "masked",
            Observations = new DiscreteSpace(1),
            Actions = new DiscreteSpace(3),
            HasActionMask = true,
        };

        public override void WriteActionMask(Span<bool> mask)
        {
            mask.Clear();
            mask[2] = true;
        }

        protected override SingleEnvironment NewCopy() => new Masked();

        protected override void Begin(Span<float> observation) => observation[0] = 0;

        protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation) => new(action[0], Steps == 3);

        protected override void TransferState(StateTransfer state)
        {
        }
    }
}
