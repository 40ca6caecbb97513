using Proximal.Control.Environments;
using Proximal.Control.Environments.Diagnostic;

namespace Proximal.Control.Tests.Environments.Diagnostic;

public sealed class MemoryAndExplorationTests
{
    [Fact]
    public void The_right_actions_open_the_lock_and_a_wrong_one_closes_it_for_good()
    {
        CombinationLock environment = new(new CombinationLockOptions { Horizon = 5 });
        float[] observation = new float[16];
        environment.Reset(1, observation);
        StepOutcome outcome = default;
        for (int step = 0; step < 5; step++)
        {
            Assert.Equal(default, outcome);
            outcome = environment.Step([environment.RightAction], observation);
        }

        Assert.Equal(new StepOutcome(1, Terminated: true), outcome);
        double sum = 0;
        for (int episode = 0; episode < 400; episode++)
        {
            environment.Reset(new EpisodeRandom(2, 0, episode), observation);
            environment.Step([(environment.RightAction + 1) % 10], observation);
            for (int step = 1; step < 5; step++)
            {
                outcome = environment.Step([environment.RightAction], observation);
            }

            sum += outcome.Reward;
        }

        Assert.InRange(sum / 400, 0.04, 0.06);
    }

    [Fact]
    public void Observations_are_the_codes_seen_through_the_matrix()
    {
        CombinationLock environment = new(new CombinationLockOptions { Horizon = 20 });
        Assert.Equal(32, environment.Specification.Observations.Width);
        float[] observation = new float[32];
        environment.Reset(1, observation);

        // The matrix is its own inverse but for the factor 32.
        double first = 0, state = 0, second = 0;
        for (int i = 0; i < 32; i++)
        {
            first += observation[i] * Sign(i, 3) / 32;
            second += observation[i] * Sign(i, 4) / 32;
            state += observation[i] * (Sign(i, 0) + Sign(i, 1)) / 32;
        }

        Assert.Equal(1, first, 0.5);
        Assert.Equal(0, second, 0.5);
        Assert.Equal(1, state, 0.6);
    }

    [Fact]
    public void A_large_entry_of_the_continuous_action_chooses_its_action()
    {
        CombinationLock environment = new(new CombinationLockOptions { Horizon = 3, Continuous = true });
        float[] observation = new float[8], action = new float[10];
        environment.Reset(1, observation);
        StepOutcome outcome = default;
        for (int step = 0; step < 3; step++)
        {
            Array.Fill(action, -1);
            action[environment.RightAction] = 1;
            outcome = environment.Step(action, observation);
        }

        Assert.Equal(1, outcome.Reward);
    }

    [Fact]
    public void The_cue_is_seen_once_and_decides_the_turn()
    {
        TMaze environment = new(3);
        float[] observation = new float[3];
        environment.Reset(1, observation);
        float cue = observation[0];
        Assert.Equal([cue, 0, 1], observation);
        Assert.Equal(-0.01, environment.Step([2], observation).Reward);
        Assert.Equal(-0.01, environment.Step([1], observation).Reward);
        for (int step = 0; step < 3; step++)
        {
            Assert.Equal(default, environment.Step([0], observation));
        }

        Assert.Equal([0f, 1, 1], observation);
        Assert.Equal(-0.01, environment.Step([0], observation).Reward);
        Assert.Equal(new StepOutcome(1, Terminated: true), environment.Step([cue > 0 ? 2 : 3], observation));
        float[] success = new float[1];
        environment.WriteMetrics(success);
        Assert.Equal(1, success[0]);
    }

    [Fact]
    public void Every_peak_pays_the_same()
    {
        PeaksBandit bandit = new();
        for (int peak = 0; peak < 8; peak++)
        {
            Assert.Equal(1, bandit.Reward(bandit.Peak(peak).X, bandit.Peak(peak).Y), 1e-6);
            Assert.Equal(Math.Exp(-0.5), bandit.Reward(bandit.Peak(peak).X, bandit.Peak(peak).Y + 0.08), 1e-4);
        }

        Assert.Equal(0, bandit.Reward(0, 0), 1e-6);
    }

    [Fact]
    public void All_of_them_keep_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new CombinationLock());
        EnvironmentContract.AssertKept(new CombinationLock(new CombinationLockOptions { Continuous = true }));
        EnvironmentContract.AssertKept(new TMaze(5));
    }

    private static int Sign(int i, int j) => (System.Numerics.BitOperations.PopCount((uint)(i & j)) & 1) == 0 ? 1 : -1;
}
