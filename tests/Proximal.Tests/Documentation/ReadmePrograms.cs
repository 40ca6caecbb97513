using Proximal.Advantages;
using Proximal.Control.Data;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Policies;
using Proximal.Control.Recipes;
using Proximal.Control.Rendering;
using Proximal.Control.Runs;
using Proximal.Models.Configuration;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Models.Tokenizers;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Tensors;
using Proximal.Tensors.Operations;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;
using Proximal.Training;

namespace Proximal.Tests.Documentation;

/// <summary>The programs that the readmes of the packages show.</summary>
public sealed class ReadmePrograms
{
    [Fact]
    public void Tensors()
    {
        using Parameter weight = new("weight", new Shape(3));
        using Sgd optimizer = new([weight], new SgdOptions { LearningRate = 0.1 });
        using Tape tape = new();
        for (int step = 0; step < 100; step++)
        {
            tape.Reset();
            optimizer.ClearGradients();
            Tensor error = weight - tape.Input(new Shape(3), [1, 2, 3]);
            tape.Backward((error * error).Sum());
            optimizer.Step();
        }

        Console.WriteLine(string.Join(' ', weight.Data.ToArray()));

        Assert.All([0, 1, 2], i => Assert.Equal(i + 1, weight.Data[i], 1e-3f));
    }

    [Fact]
    public void Models()
    {
        SymbolTokenizer tokenizer = new("0123456789+=", ["<eos>"], end: "<eos>");
        LlamaConfiguration configuration = new()
        {
            VocabularySize = tokenizer.VocabularySize,
            HiddenSize = 32,
            IntermediateSize = 88,
            Layers = 2,
            Heads = 2,
            KeyValueHeads = 2,
            HeadDimension = 16,
            MaximumPositions = 64,
            EndOfSequence = [tokenizer.EndOfSequence!.Value],
        };
        using LlamaModel model = LlamaModel.Create(configuration, seed: 1);
        using TextGenerator generator = new(model, tokenizer, new SamplingOptions { Temperature = 0.8 });
        GeneratedText text = generator.Generate("1+2=", budget: 8, new RandomStream(1, RandomPurpose.Sampling), Console.Write);

        Assert.InRange(text.Tokens, 1, 8);
    }

    [Fact]
    public void Training()
    {
        using TemporaryFolder temporary = new();
        string folder = temporary.File("run");

        Recipe recipe = Recipe.Parse(
            """
            name: first
            model: { layers: 1, width: 32, heads: 2, context: 32 }
            task: { name: chain-sum, difficulty: 1 }
            policy: { objective: grpo, steps: 2, prompts: 2, rollouts: 4, response-tokens: 8 }
            evaluation: { prompts: 4 }
            """);
        using (TrainingSession session = new(recipe, folder))
        {
            EvaluationResult after = session.Run().Evaluations[^1];
            Console.WriteLine($"{after.Exact:P0} right");
        }

        using TrainedPolicy policy = TrainedPolicy.Load(folder);

        Assert.True(policy.Model.ParameterCount > 0);
    }

    [Fact]
    public void Runs()
    {
        using TemporaryFolder temporary = new();
        string folder = temporary.File("run");
        Recipe recipe = Recipe.Parse(
            """
            model: { layers: 1, width: 16, heads: 2, context: 32 }
            task: { name: chain-sum, difficulty: 1 }
            policy: { steps: 2, prompts: 2, rollouts: 2, response-tokens: 4 }
            evaluation: { prompts: 2 }
            """);
        using (TrainingSession session = new(recipe, folder))
        {
            session.Run();
        }

        RunReader run = new(new RunFolder(folder));
        (double[] steps, double[] values) = run.ReadCurve("reward/mean");
        Console.WriteLine($"{values.Length} steps, metrics: {string.Join(", ", run.ReadMetricNames())}");

        Assert.Equal([1, 2], steps);
    }

    [Fact]
    public void ControlRuns()
    {
        using TemporaryFolder temporary = new();
        string folder = temporary.File("run");

        ControlRecipe recipe = ControlRecipe.Parse("environment: cartpole\nalgorithm: { name: ppo, rollout-steps: 64 }\nsteps: 1024");
        using (ControlSession session = new(recipe, new RunFolder(folder)))
        {
            ControlEvaluation after = session.Run().Evaluations[^1];
            Console.WriteLine($"return {after.Mean} ± {after.Deviation}");
        }

        using Policy policy = new RunFolder(folder).LoadPolicy();

        Assert.NotEmpty(policy.Parameters);
    }

    [Fact]
    public void Recordings()
    {
        using NetworkPolicy policy = new(new CartPole().Specification.Observations, new CartPole().Specification.Actions, [4]);

        EpisodeRecorder.Record(new CartPole(), Controllers.From(policy), seed: 1, "episode.gif");

        Assert.True(File.Exists("episode.gif"));
        File.Delete("episode.gif");
    }

    [Fact]
    public void OfflineData()
    {
        using NetworkPolicy policy = new(new Pendulum().Specification.Observations, new Pendulum().Specification.Actions, [4]);
        OfflineDataset medium = DatasetCollector.Collect(new Pendulum(), Controllers.From(policy), 1000, "medium", seed: 4);

        Pendulum environment = new();
        OfflineDataset random = DatasetCollector.Collect(environment, Controllers.Random(environment.Specification, seed: 1), 100_000, "random", seed: 1);
        OfflineDataset expert = DatasetCollector.Collect(environment, Controllers.From(policy), 100_000, "expert", seed: 2);
        OfflineDataset noisy = DatasetCollector.Collect(
            environment, Controllers.Mixture(Controllers.From(policy), Controllers.Random(environment.Specification, 3), 0.2, seed: 3), 100_000, "noisy", seed: 3);
        OfflineDataset mediumExpert = DatasetMixtures.Concatenate("medium-expert", medium, expert);
        OfflineDataset mixed = DatasetMixtures.Mix(expert, random, share: 0.2, count: 100_000);

        Assert.All([noisy, mediumExpert, mixed], Assert.NotNull);
    }

    [Fact]
    public void Advantages()
    {
        float[] rewards = [1, 0, 0, 1];
        float[] advantages = new float[4];
        GroupRelativeAdvantage.Compute(rewards, advantages, GroupNormalization.SampleDeviation, epsilon: 1e-6);

        Assert.Equal(0.866f, advantages[0], 1e-3f);
    }
}
