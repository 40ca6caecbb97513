// An environment of one's own, and PPO on it: the way through a corridor, which pays at its end alone.
using Proximal.Control.Algorithms;
using Proximal.Control.Environments;
using Proximal.Control.Evaluation;
using Proximal.Control.Spaces;
using Proximal.Control.State;

Corridor corridor = new(8);
using Ppo learner = new(corridor, new PpoOptions { Environments = 16, Steps = 64, LearningRate = 1e-3 });
double before = PolicyEvaluator.Returns(learner.Policy, corridor, episodes: 20, seed: 2, deterministic: false).Average();
learner.Learn(30_000);
double after = PolicyEvaluator.Returns(learner.Policy, corridor, episodes: 20, seed: 2, deterministic: false).Average();
Console.WriteLine($"share of episodes that reach the end: {before} before learning, {after} after");
return after > 0.9 ? 0 : 1;

internal sealed class Corridor(int length) : SingleEnvironment
{
    private int cell;

    public override EnvironmentSpecification Specification { get; } = new()
    {
        Name = "corridor",
        Observations = new DiscreteSpace(length),
        Actions = new DiscreteSpace(2),
        MaximumSteps = 4 * length,
    };

    protected override SingleEnvironment NewCopy() => new Corridor(length);

    protected override void Begin(Span<float> observation) => observation[0] = cell = 0;

    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        observation[0] = cell = Math.Max(0, cell + (action[0] == 1 ? 1 : -1));
        return new StepOutcome(cell == length - 1 ? 1 : 0, Terminated: cell == length - 1);
    }

    protected override void TransferState(StateTransfer state) => state.Value(ref cell);
}
