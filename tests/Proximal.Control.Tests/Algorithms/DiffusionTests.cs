using Proximal.Control.Algorithms.Offline;
using Proximal.Control.Data;
using Proximal.Control.Diffusion;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;
using Proximal.Models;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Algorithms;

public sealed class DiffusionTests
{
    [Fact]
    public void The_cosine_schedule_has_the_worked_numbers() =>
        AssertClose([0.101294, 0.279544, 0.473635, 0.724052, 0.999], NoiseSchedule.Cosine(5).Betas);

    [Fact]
    public void The_variance_preserving_schedule_has_the_worked_numbers()
    {
        NoiseSchedule schedule = NoiseSchedule.VariancePreserving(5);
        AssertClose([0.195875, 0.458818, 0.635781, 0.754878, 0.835031], schedule.Betas);
        Assert.Equal(0.006409, schedule.Product(5), 1e-6);
        Assert.Equal(1, schedule.Product(0));
    }

    [Fact]
    public void With_the_true_noise_the_implicit_chain_returns_the_actions()
    {
        NoiseSchedule schedule = NoiseSchedule.Cosine(100);
        float[] clean = [0.3f, -0.8f, 1], noise = [1.2f, -0.4f, 0.1f], sample = new float[3];
        schedule.AddNoise(90, clean, noise, sample);
        for (int step = 90; step > 0; step -= 10)
        {
            schedule.DenoiseImplicitly(step, step - 10, sample, noise);
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(clean[i], sample[i], 1e-5f);
        }
    }

    [Fact]
    public void The_posterior_is_that_of_two_steps_of_noise()
    {
        // x1 = sqrt(1-b1) x0 + sqrt(b1) e1, x2 = sqrt(1-b2) x1 + sqrt(b2) e2: given x0 and x2, x1 is normal with precision 1/b1 + (1-b2)/b2.
        NoiseSchedule schedule = NoiseSchedule.VariancePreserving(5);
        double b1 = schedule.Betas[0], b2 = schedule.Betas[1], variance = 1 / ((1 / b1) + ((1 - b2) / b2));
        (double clean, double current, double deviation) = schedule.Posterior(2);
        Assert.Equal(Math.Sqrt(variance), deviation, 1e-12);
        Assert.Equal(variance * Math.Sqrt(1 - b1) / b1, clean, 1e-12);
        Assert.Equal(variance * Math.Sqrt(1 - b2) / b2, current, 1e-12);
        Assert.Equal((1.0, 0.0, 0.0), schedule.Posterior(1));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    public void Both_ways_of_a_data_set_are_kept(int denoisingSteps)
    {
        // Half the actions are near 0.7, half near -0.7: the mean, which squared error imitates, is no action of the data.
        RandomStream random = new(3, RandomPurpose.User);
        float[] actions = [.. Enumerable.Range(0, 400).Select(i => ((i % 2 == 0) ? 0.7f : -0.7f) + (0.02f * (float)random.Normal(i)))];
        bool[] ends = [.. actions.Select(_ => true)];
        OfflineDataset data = new(
            new DiscreteSpace(1), new BoxSpace(new Shape(1), -1, 1), new float[400], actions, new float[400], new float[400], [.. ends], ends);
        using DiffusionImitation learner = new(data, new DiffusionImitationOptions
        {
            Policy = new DiffusionPolicySettings { ObservationSteps = 1, PredictedActions = 1, ExecutedActions = 1, NoiseSteps = 20, DenoisingSteps = denoisingSteps, Hidden = [64, 64] },
            BatchSize = 128,
            LearningRate = 3e-3,
            WarmupUpdates = 20,
        });
        learner.Learn(2000);
        float[] chosen = new float[200];
        learner.Policy.Act(new PolicyInput(200, new float[200], [], new float[200 * learner.Policy.StateWidth]), new ActionChoice(false, 5), chosen);
        int right = chosen.Count(action => Math.Abs(action - 0.7) < 0.2), left = chosen.Count(action => Math.Abs(action + 0.7) < 0.2);
        Assert.True(left + right > 140, $"{left} left, {right} right of 200");
        double share = right / (double)(left + right), entropy = -(share * Math.Log2(share)) - ((1 - share) * Math.Log2(1 - share));
        Assert.True(entropy > 0.6, $"{left} left, {right} right of 200");
    }

    [Fact]
    public void Chunks_are_taken_action_by_action_and_rows_do_not_see_each_other()
    {
        BoxSpace box = new(new Shape(2), -2, 2);
        using DiffusionPolicy policy = new(box, box, new DiffusionPolicySettings { PredictedActions = 6, ExecutedActions = 3, NoiseSteps = 10, DenoisingSteps = 5, Hidden = [16] });
        float[] together = new float[4], states = new float[2 * policy.StateWidth], alone = new float[2], state = new float[policy.StateWidth];
        for (int step = 0; step < 7; step++)
        {
            float[] observation = [0.1f * step, -0.2f];
            ActionChoice choice = new(true, 9, step);
            policy.Act(new PolicyInput(2, [.. observation, 1, 1], [], states), choice, together);
            policy.Act(new PolicyInput(1, observation, [], state), choice, alone);
            Assert.Equal(alone, together[..2]);
            Assert.Equal(2 - (step % 3), state[1]);
            Assert.All(alone, action => Assert.InRange(action, -2, 2));
        }
    }

    [Fact]
    public void A_saved_learner_goes_on_to_the_same_bits()
    {
        float[] values = [.. Enumerable.Range(0, 40).Select(i => (i % 10 / 10f) - 0.5f)];
        OfflineDataset data = new(
            new BoxSpace(new Shape(1)), new BoxSpace(new Shape(1), -1, 1), values, [.. values], [.. values], [.. values], new bool[40], [.. Enumerable.Range(0, 40).Select(i => i % 10 == 9)]);
        DiffusionImitationOptions options = new() { Policy = new DiffusionPolicySettings { NoiseSteps = 10, DenoisingSteps = 5, Hidden = [16] }, BatchSize = 8, WarmupUpdates = 10 };
        using DiffusionImitation whole = new(data, options), first = new(data, options), second = new(data, options);
        whole.LearnUntil(200);
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using CancellationTokenSource stop = new();
            first.LearnUntil(200, new StopAtOnce(stop), stop.Token);
            Assert.Equal(100, first.Steps);
            first.Save(folder);
            second.Load(folder);
            second.LearnUntil(200);
            for (int i = 0; i < whole.Policy.Parameters.Count; i++)
            {
                Assert.Equal(whole.Policy.Parameters[i].Data, second.Policy.Parameters[i].Data);
            }

            string description = Path.Combine(folder, PolicyFile.DescriptionName);
            File.WriteAllText(description, File.ReadAllText(description).Replace("\"executed_actions\": 8", "\"executed_actions\": 80", StringComparison.Ordinal));
            Assert.StartsWith($"{description}: ExecutedActions is 80", Assert.Throws<InvalidDataException>(() => PolicyFile.Load(folder)).Message, StringComparison.Ordinal);
            File.WriteAllText(description, File.ReadAllText(description).Replace("\"noise_steps\": 10", "\"noise_steps\": -1", StringComparison.Ordinal));
            Assert.Contains("noise_steps", Assert.Throws<ModelFormatException>(() => PolicyFile.Load(folder)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<double> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }

    private sealed class StopAtOnce(CancellationTokenSource stop) : ILearningObserver
    {
        public void OnIteration(Learner learner) => stop.Cancel();
    }
}
