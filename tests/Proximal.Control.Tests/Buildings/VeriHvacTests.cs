using Proximal.Control.Algorithms.Planning;
using Proximal.Control.Buildings;
using Proximal.Control.Environments.Buildings;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Policies;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Buildings;

public sealed class VeriHvacTests
{
    private static readonly VeriHvacOptions Small = new()
    {
        Shooting = new ShootingOptions { Horizon = 2, Sequences = 100 },
        Model = new ThermalModelOptions { Hidden = [24, 24], Epochs = 40, Batch = 64, LearningRate = 3e-3 },
    };

    private static readonly float[] Cold = [0, 60, 3, 0, 8, 18, 10];

    [Fact]
    public void Learns_a_model_with_which_a_cold_room_is_heated_and_saves_it_whole()
    {
        using TemporaryFolder folder = new();
        using Workers workers = new(1);
        using VeriHvac learner = new(new HvacZone(new() { Days = 2 }), Small, workers);
        learner.Learn(14 * 96);
        Assert.InRange(learner.Metrics["model/error"], 0, 0.4);
        float action = Act(learner.Policy, ActionChoice.Greedy);
        Assert.True(Setpoints.Heating((int)action) >= 20);

        PolicyFile.Save(learner.Policy, folder.Path);
        using Policy loaded = PolicyFile.Load(folder.Path);
        Assert.Equal(action, Act(loaded, ActionChoice.Greedy));
        for (int step = 0; step < 20; step++)
        {
            Assert.Equal(Act(learner.Policy, new ActionChoice(false, 3, step)), Act(loaded, new ActionChoice(false, 3, step)));
        }

        Assert.True(Enumerable.Range(0, 20).Select(step => Act(loaded, new ActionChoice(false, 3, step))).Distinct().Count() > 1);
    }

    [Fact]
    public void A_saved_learner_goes_on_to_the_same_bits()
    {
        using TemporaryFolder folder = new();
        using Workers workers = new(1);
        VeriHvacOptions quick = Small with { Model = Small.Model with { Epochs = 2 } };
        using VeriHvac whole = new(new HvacZone(), quick, workers), first = new(new HvacZone(), quick, workers), second = new(new HvacZone(), quick, workers);
        whole.LearnUntil(96);
        whole.LearnUntil(192);
        first.LearnUntil(96);
        first.Save(folder.File("checkpoint"));
        second.Load(folder.File("checkpoint"));
        second.LearnUntil(192);
        Assert.All(whole.Policy.Parameters.Zip(second.Policy.Parameters), pair => Assert.Equal(pair.First.Data, pair.Second.Data));
    }

    [Fact]
    public void Other_environments_are_refused()
    {
        using Workers workers = new(1);
        Assert.Contains("expected the zone of a building", Assert.Throws<ArgumentException>(() => new VeriHvac(new CartPole(), Small, workers)).Message, StringComparison.Ordinal);
    }

    private static float Act(Policy policy, ActionChoice choice)
    {
        float[] actions = new float[1];
        policy.Act(new PolicyInput(1, Cold), choice, actions);
        return actions[0];
    }
}
