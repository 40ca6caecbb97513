using Proximal.Control.Environments;
using Proximal.Control.Environments.TowerDefence;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Control.Tests.Environments.TowerDefence;

public sealed class TowerMiniTests
{
    [Theory]
    [InlineData(TowerObservationKind.Features, TowerActionKind.Factored)]
    [InlineData(TowerObservationKind.Structured, TowerActionKind.Choices)]
    [InlineData(TowerObservationKind.Pixels, TowerActionKind.Grid)]
    [InlineData(TowerObservationKind.Features, TowerActionKind.Continuous)]
    public void Keeps_the_contract_of_environments(TowerObservationKind observation, TowerActionKind actions) =>
        EnvironmentContract.AssertKept(new TowerMini(new TowerMiniOptions { Level = "L2", Observation = observation, Actions = actions }), steps: 120);

    [Theory]
    [InlineData(TowerActionKind.Choices)]
    [InlineData(TowerActionKind.Grid)]
    public void What_the_mask_allows_is_valid(TowerActionKind actions)
    {
        TowerMini environment = new(new TowerMiniOptions { Level = "L4", Actions = actions });
        bool[] mask = new bool[environment.Specification.MaskWidth];
        float[] observation = new float[environment.Specification.Observations.Width], metrics = new float[4];
        EpisodeRandom random = new(3);
        environment.Reset(1, observation);
        StepOutcome outcome = default;
        while (!outcome.Terminated)
        {
            environment.WriteActionMask(mask);
            int chosen = random.Integer(mask.Count(legal => legal));
            int action = Enumerable.Range(0, mask.Length).Where(i => mask[i]).ElementAt(chosen);
            outcome = environment.Step([action], observation);
            Assert.Equal(TowerError.None, environment.World.LastError);
        }

        environment.WriteMetrics(metrics);
        Assert.Equal(1, metrics[1]);
    }

    [Fact]
    public void Factored_masks_leave_every_part_a_value_and_name_the_parts_of_valid_actions()
    {
        TowerMini environment = new();
        bool[] mask = new bool[environment.Specification.MaskWidth];
        float[] observation = new float[environment.Specification.Observations.Width];
        environment.Reset(1, observation);
        environment.WriteActionMask(mask);
        Assert.Equal([0, 1, 2, 3, 6, 7, 8, 9], Enumerable.Range(0, 12).Where(type => mask[type]));
        Assert.Equal([0, 1, 2, 3, 4, 5], Enumerable.Range(0, 15).Where(point => mask[12 + point]));
        environment.Step([1, 0, 0], observation);
        Assert.Equal(TowerKind.Archer, environment.World.Site(0).Kind);
        environment.WriteActionMask(mask);
        Assert.True(mask[4] && mask[5]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    public void An_invalid_action_costs_what_the_options_say(double cost)
    {
        TowerMini environment = new(new TowerMiniOptions { InvalidCost = cost });
        float[] observation = new float[environment.Specification.Observations.Width];
        environment.Reset(1, observation);
        Assert.Equal(-0.0005, environment.Step([0, 0, 0], observation).Reward, 9);
        Assert.Equal(-0.0005 - cost, environment.Step([4, 0, 0], observation).Reward, 9);
    }

    [Fact]
    public void A_policy_without_masks_is_told_by_the_metric_how_much_of_what_it_tries_can_be_done()
    {
        TowerMini environment = new(new TowerMiniOptions { Actions = TowerActionKind.Continuous });
        float[] observation = new float[environment.Specification.Observations.Width], action = new float[3], metrics = new float[4];
        EpisodeRandom random = new(8);
        double valid = 0;
        for (int episode = 0; episode < 20; episode++)
        {
            environment.Reset(new EpisodeRandom(2, 0, episode), observation);
            StepOutcome outcome = default;
            while (!outcome.Terminated)
            {
                environment.Specification.Actions.Sample(ref random, action);
                outcome = environment.Step(action, observation);
            }

            environment.WriteMetrics(metrics);
            valid += metrics[1] / 20;
        }

        Assert.InRange(valid, 0.05, 0.35);
    }

    [Theory]
    [InlineData(TowerLevelChoice.Random, 5)]
    [InlineData(TowerLevelChoice.RandomWaves, 20)]
    public void Levels_change_between_episodes_and_are_kept_by_copies(TowerLevelChoice levels, int least)
    {
        TowerMini environment = new(new TowerMiniOptions { Levels = levels });
        float[] observation = new float[environment.Specification.Observations.Width], other = new float[observation.Length];
        HashSet<ulong> seen = [];
        for (int episode = 0; episode < 30; episode++)
        {
            environment.Reset(new EpisodeRandom(2, 0, episode), observation);
            seen.Add(environment.World.Level.Fingerprint);
            SingleEnvironment clone = environment.Clone();
            environment.Step([0, 0, 0], observation);
            clone.Step([0, 0, 0], other);
            Assert.Equal(observation, other);
        }

        Assert.True(seen.Count >= least);
    }

    [Fact]
    public void A_state_that_is_none_is_refused()
    {
        TowerMini environment = new();
        float[] observation = new float[environment.Specification.Observations.Width];
        environment.Reset(1, observation);
        using MemoryStream memory = new();
        environment.Transfer(StateTransfer.Save(memory));
        byte[] bytes = memory.ToArray();
        for (int at = bytes.Length - (4 * TowerWorld.SavedLength); at < bytes.Length; at += 4)
        {
            byte[] broken = [.. bytes];
            broken[at + 3] = 0x7f;
            using MemoryStream stream = new(broken);
            try
            {
                environment.Transfer(StateTransfer.Load(stream, "state"));
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith("tower-mini: ", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Pixels_are_planes_of_the_picture()
    {
        TowerMini environment = new(new TowerMiniOptions { Observation = TowerObservationKind.Pixels });
        BoxSpace space = (BoxSpace)environment.Specification.Observations;
        Assert.Equal(3 * 64 * 64, space.Width);
        float[] observation = new float[space.Width];
        byte[] pixels = new byte[TowerPixels.Length];
        environment.Reset(1, observation);
        TowerPixels.Write(environment.World, pixels);
        Assert.Equal(pixels[(3 * 100) + 2] / 255f, observation[(2 * 64 * 64) + 100]);
    }
}
