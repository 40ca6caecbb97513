using Proximal.Environments;
using Proximal.Models.Checkpoints;
using Proximal.Models.Configuration;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Models.Tokenizers;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors;
using Proximal.Tensors.Random;
using Proximal.Training;

namespace Proximal.Runs;

/// <summary>A model with its tokenizer, from a run or from a folder in Hugging Face layout: to generate with, and to be measured on a task.</summary>
public sealed class TrainedPolicy : IDisposable
{
    /// <summary>Rollouts that are generated together: their caches are in memory at one time.</summary>
    private const int RolloutsTogether = 1024;

    private TrainedPolicy(string folder, RunFolder? run)
    {
        Folder = folder;
        Run = run;
        Model = LlamaModel.Load(folder, trainable: false);
        Tokenizer = CheckpointFolder.ReadTokenizer(folder);
    }

    /// <summary>The folder that the model was read from.</summary>
    public string Folder { get; }

    /// <summary>The run that trained it; null for a model folder.</summary>
    public RunFolder? Run { get; }

    /// <summary>The model.</summary>
    public LlamaModel Model { get; }

    /// <summary>Its tokenizer.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>Loads a model: of a finished run the trained one, of another run the newest checkpoint.</summary>
    /// <param name="folder">A run, or a folder in Hugging Face layout.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is neither, or the run has no checkpoint yet.</exception>
    /// <exception cref="InvalidDataException">A file of the model is damaged.</exception>
    public static TrainedPolicy Load(string folder)
    {
        RunFolder run = new(folder);
        if (!run.Exists)
        {
            return IsModel(folder)
                ? new TrainedPolicy(folder, null)
                : throw new DirectoryNotFoundException($"{folder}: neither a run nor a model; expected a folder with recipe.yaml, or with {LlamaConfiguration.FileName}.");
        }

        string checkpoint = CheckpointStore.Latest(run) ?? throw new DirectoryNotFoundException($"{folder}: the run has no checkpoint yet.");

        // The model is exported right before the last checkpoint: until that is there it may be in parts.
        bool isExported = CheckpointStore.ReadState(checkpoint).Position.Stage == TrainingStage.Finished && IsModel(run.Model);
        return new TrainedPolicy(isExported ? run.Model : checkpoint, run);
    }

    /// <summary>A generator of text.</summary>
    public TextGenerator CreateTextGenerator(SamplingOptions sampling) => new(Model, Tokenizer, sampling);

    /// <summary>Samples responses to held-out problems of a task, a few problems at a time.</summary>
    /// <param name="task">The task.</param>
    /// <param name="recipe">Names the environment, the terms of the reward and the length of responses; null for a single turn, the verifier's score and the length that the task needs.</param>
    /// <param name="prompts">Problems; all held-out ones where the task has fewer.</param>
    /// <param name="samples">Responses to each.</param>
    /// <param name="sampling">How tokens are drawn.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="InvalidDataException">The task has no held-out problem, or a prompt does not fit the model.</exception>
    public IEnumerable<RolloutBatch> Sample(ITask task, Recipe? recipe, int prompts, int samples, SamplingOptions sampling, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentOutOfRangeException.ThrowIfLessThan(prompts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        TaskInstance[] problems = Evaluator.Instances(task, prompts);
        int end = Tokenizer.EndOfSequence ?? throw new InvalidDataException($"{Folder}: the tokenizer names no end-of-sequence token; responses could not end.");
        IEnvironment environment = recipe?.Environment.Create<IEnvironment>() ?? SingleTurn.Instance;
        int[] ends = [end, .. ParallelRollouts.TurnEnds(environment, Tokenizer)];
        int budget = recipe is null
            ? Math.Min(task.Lengths.Response + 1, Model.Configuration.MaximumPositions - 1)
            : TrainingParts.EvaluationBudget(recipe, task, environment, Model.Configuration);
        return Sample();

        IEnumerable<RolloutBatch> Sample()
        {
            IReadOnlyList<WeightedReward> rewards = TrainingParts.NewRewards(recipe);
            using RewardNetwork? network = LoadRewardModel(rewards);
            using Generator generator = new(Model, sampling, ends);
            ParallelRollouts rollouts = new(generator, Tokenizer, task, environment, rewards, budget);
            int together = Math.Max(1, RolloutsTogether / samples);
            for (int first = 0; first < problems.Length; first += together)
            {
                TaskInstance[] some = problems[first..Math.Min(first + together, problems.Length)];
                yield return rollouts.Generate(some, new RolloutRequest(samples, seed, RandomPurpose.Evaluation, 0, first));
            }
        }
    }

    /// <summary>Plays episodes from prompts of one's own in the environment of a recipe; nothing is judged.</summary>
    /// <param name="recipe">Names the environment.</param>
    /// <param name="prompts">Where the episodes start.</param>
    /// <param name="samples">Episodes of each.</param>
    /// <param name="sampling">How tokens are drawn.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="budget">The most tokens that the model writes in one episode.</param>
    /// <exception cref="InvalidDataException">A prompt does not fit the model.</exception>
    public IEnumerable<RolloutBatch> Play(Recipe recipe, IReadOnlyList<string> prompts, int samples, SamplingOptions sampling, ulong seed, int budget)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(prompts);
        IEnvironment environment = recipe.Environment.Create<IEnvironment>();
        int end = Tokenizer.EndOfSequence ?? throw new InvalidDataException($"{Folder}: the tokenizer names no end-of-sequence token; responses could not end.");
        int[] ends = [end, .. ParallelRollouts.TurnEnds(environment, Tokenizer)];
        return Play();

        IEnumerable<RolloutBatch> Play()
        {
            using Generator generator = new(Model, sampling, ends);
            DelegateTask task = new("prompt", "", _ => ("", ""), (_, _) => 0);
            ParallelRollouts rollouts = new(generator, Tokenizer, task, environment, [new WeightedReward("none", 0, new DelegateReward(_ => 0))], budget);
            for (int i = 0; i < prompts.Count; i++)
            {
                TaskInstance instance = new() { Family = task.Name, Split = TaskSplit.Test, Index = i, Key = prompts[i], Prompt = prompts[i], Answer = "" };
                yield return rollouts.Generate([instance], new RolloutRequest(samples, seed, RandomPurpose.Sampling, 0, i));
            }
        }
    }

    /// <summary>The text of a segment without the end of the sequence.</summary>
    public string TextOf(TokenSegment segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        ReadOnlySpan<int> tokens = segment.Tokens;
        return Tokenizer.Decode(!tokens.IsEmpty && tokens[^1] == Tokenizer.EndOfSequence ? tokens[..^1] : tokens);
    }

    /// <summary>Gives the reward model among the terms the network that the run trained, where it has come so far.</summary>
    private RewardNetwork? LoadRewardModel(IReadOnlyList<WeightedReward> rewards)
    {
        if (TrainingParts.FindRewardModel(rewards) is not { } model)
        {
            return null;
        }

        string checkpoint = (Run is null ? null : CheckpointStore.Latest(Run))
            ?? throw new InvalidDataException($"{Folder}: the recipe's reward model is trained in a run, expected the folder of that run.");
        if (!File.Exists(CheckpointStore.NetworkFile(checkpoint, RewardNetwork.Name)))
        {
            return null;
        }

        RewardNetwork network = new(Model, new TrainingOverrides().MicrobatchTokens, Workers.Shared);
        CheckpointStore.LoadNetwork(checkpoint, RewardNetwork.Name, network.Parameters);
        model.Network = network;
        return network;
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => Model.Dispose();

    private static bool IsModel(string folder) => File.Exists(Path.Combine(folder, LlamaConfiguration.FileName));
}
