using System.Text;
using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Runs;

public sealed class TrainedPolicyTests(TinyRun run) : IClassFixture<TinyRun>
{
    private const string Prompt = "3,5:9,4";

    [Fact]
    public void Sampling_repeats_the_last_evaluation_of_the_run()
    {
        using TrainedPolicy policy = TrainedPolicy.Load(run.Folder.Path);
        Trajectory[] all = [.. policy.Sample(run.Recipe.Task.Create<ITask>(), run.Recipe, 10, 2, new SamplingOptions(), (ulong)run.Recipe.Seed).SelectMany(b => b.Trajectories)];
        Assert.Equal(20, all.Length);
        Assert.Equal(run.Outcome.Evaluations[^1].Reward, all.Average(t => (double)t.TotalReward), 12);
    }

    [Fact]
    public void A_run_a_checkpoint_and_a_model_folder_give_the_same_text()
    {
        string Generate(string folder)
        {
            using TrainedPolicy policy = TrainedPolicy.Load(folder);
            using TextGenerator generator = policy.CreateTextGenerator(new SamplingOptions());
            return generator.Generate(Prompt, 30, new RandomStream(7, RandomPurpose.Sampling)).Text;
        }

        string text = Generate(run.Folder.Path);
        Assert.Equal(text, Generate(run.Folder.Model));
        Assert.Equal(text, Generate(Directory.EnumerateDirectories(run.Folder.Checkpoints).Max()!));
    }

    [Fact]
    public void The_pieces_of_a_stream_are_the_text_and_the_budget_holds()
    {
        using TrainedPolicy policy = TrainedPolicy.Load(run.Folder.Path);
        using TextGenerator generator = policy.CreateTextGenerator(new SamplingOptions());
        for (int sample = 0; sample < 20; sample++)
        {
            StringBuilder pieces = new();
            GeneratedText text = generator.Generate(Prompt, 5, new RandomStream(1, RandomPurpose.Sampling, rollout: sample), piece => pieces.Append(piece));
            Assert.Equal(text.Text, pieces.ToString());
            Assert.InRange(text.Tokens, 1, 5);
            Assert.Equal(text.End == EndReason.Truncated, text.Tokens == 5 && text.End != EndReason.Finished);
            Assert.DoesNotContain("<eos>", text.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_model_that_was_exported_in_part_is_not_taken_for_the_trained_one()
    {
        using TinyRun stopped = new();
        Directory.Delete(Directory.EnumerateDirectories(stopped.Folder.Checkpoints).Max()!, recursive: true);
        File.Delete(Path.Combine(stopped.Folder.Model, "model.safetensors"));
        using TrainedPolicy policy = TrainedPolicy.Load(stopped.Folder.Path);
        Assert.StartsWith(stopped.Folder.Checkpoints, policy.Folder, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prompt_that_fills_the_context_is_refused()
    {
        using TrainedPolicy policy = TrainedPolicy.Load(run.Folder.Path);
        using TextGenerator generator = policy.CreateTextGenerator(new SamplingOptions());
        ArgumentException fault = Assert.Throws<ArgumentException>(() => generator.Generate(new string('1', 64), 1, new RandomStream(1, RandomPurpose.Sampling)));
        Assert.Contains("expected 1 to 63", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_neither_run_nor_model_is_named()
    {
        DirectoryNotFoundException fault = Assert.Throws<DirectoryNotFoundException>(() => TrainedPolicy.Load(run.Root));
        Assert.StartsWith(run.Root, fault.Message, StringComparison.Ordinal);
    }
}
