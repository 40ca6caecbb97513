using Proximal.Environments;
using Proximal.Models.Checkpoints;
using Proximal.Optimizers;
using Proximal.Runs;
using Proximal.Tasks;
using Proximal.Training;

namespace Proximal.Recipes.Explanations;

/// <summary>
/// What a run needs in memory at most, in bytes, from the sizes of the model and the batch. Every number is a 32-bit float. The estimate
/// counts what grows with model and batch: scratch space, packed matrices and the process itself come on top.
/// </summary>
public sealed record MemoryEstimate
{
    private const int NumberSize = sizeof(float);

    /// <summary>Tokens of a new model beside the symbols of its task: begin, end and padding.</summary>
    private const int SpecialTokens = 3;

    /// <summary>Weights of the policy: 4 P with P from <see cref="ModelShape.Weights"/>.</summary>
    public double Weights { get; private init; }

    /// <summary>Gradients: 4 P.</summary>
    public double Gradients { get; private init; }

    /// <summary>State of the optimizer: 4 P for each number that it keeps per weight (2 for Adam, 1 for Lion).</summary>
    public double OptimizerState { get; private init; }

    /// <summary>The frozen reference model, where a component needs one: 4 P.</summary>
    public double Reference { get; private init; }

    /// <summary>The teacher, where the run trains one: weights, gradients and two Adam moments, 16 P; frozen after a checkpoint 4 P.</summary>
    public double Teacher { get; private init; }

    /// <summary>The reward model, where the run trains one: weights, gradients and two Adam moments, 16 P.</summary>
    public double RewardModel { get; private init; }

    /// <summary>The critic, where a component needs one: weights, gradients and two Adam moments, 16 P.</summary>
    public double Critic { get; private init; }

    /// <summary>All that the models need which train side by side with the policy.</summary>
    public double Peers { get; private init; }

    /// <summary>Values kept for the backward pass of the largest minibatch, whose shared prompts are computed once: 4 tokens x <see cref="ModelShape.ActivationsPerToken"/>.</summary>
    public double Activations { get; private init; }

    /// <summary>Keys and values of all rollouts of a step, prompts once: 4 tokens x <see cref="ModelShape.CachePerToken"/>. Generation and update do not overlap.</summary>
    public double Cache { get; private init; }

    /// <summary>Hidden states of the largest minibatch, where a component needs them, one row a token of each rollout: 4 tokens x width.</summary>
    public double HiddenStates { get; private init; }

    /// <summary>The most that is there at one time.</summary>
    public double Total => Weights + Gradients + OptimizerState + Reference + Critic + Teacher + RewardModel + Peers + HiddenStates + Math.Max(Activations, Cache);

    /// <summary>Estimates a run from its recipe alone: makes the task to learn its lengths, and reads the configuration of the checkpoint.</summary>
    /// <exception cref="IOException">The recipe names a checkpoint without a configuration.</exception>
    public static MemoryEstimate Of(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ITask task = recipe.CreateTask();
        ModelShape shape = recipe.Model.IsCheckpoint
            ? ModelShape.Of(CheckpointFolder.ReadConfiguration(recipe.Model.Checkpoint))
            : ModelShape.Of(recipe.Model, ModelFactory.Symbols(recipe, task, recipe.Environment.Create<IEnvironment>()).Distinct().Count() + SpecialTokens);
        IEnumerable<Recipe> peers = recipe.Peers?.Models.Select(peer => recipe with { Model = peer.Model, Supervised = peer.Supervised, Peers = null }) ?? [];
        return Of(recipe, shape, task.Lengths.Prompt, task.Lengths.Response) with { Peers = peers.Sum(peer => Of(peer).Total) };
    }

    /// <summary>Estimates a run.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="shape">Sizes of its model.</param>
    /// <param name="promptTokens">Longest prompt.</param>
    /// <param name="demonstrationTokens">Longest demonstration.</param>
    internal static MemoryEstimate Of(Recipe recipe, ModelShape shape, int promptTokens, int demonstrationTokens)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(shape);
        double supervisedTokens = recipe.Supervised is { } supervised ? supervised.Batch * ((double)promptTokens + demonstrationTokens) : 0;
        double updateTokens = 0, stepTokens = 0, pathTokens = 0;
        if (recipe.Policy is { } policy)
        {
            double tokensOfPrompt = promptTokens + ((double)policy.Rollouts * policy.ResponseTokens);
            updateTokens = new StepArithmetic(policy).LargestMinibatch * tokensOfPrompt;
            stepTokens = policy.Prompts * tokensOfPrompt;
            pathTokens = (double)new StepArithmetic(policy).LargestMinibatch * policy.Rollouts * (promptTokens + policy.ResponseTokens);
        }

        Requirements requirements = recipe.Policy?.Requirements ?? Requirements.None;
        double weights = NumberSize * shape.Weights;
        double states = Math.Max(States(recipe.Supervised?.Optimizer), States(recipe.Policy?.Optimizer));
        bool trains = recipe.Supervised is not null || recipe.Policy is not null;
        return new MemoryEstimate
        {
            Weights = weights,
            Gradients = trains ? weights : 0,
            OptimizerState = states * weights,
            Reference = (requirements & (Requirements.Reference | Requirements.FullDivergence)) != 0 ? weights : 0,
            RewardModel = recipe.StepsOf(TrainingStage.Preferences) > 0 ? 4 * weights : 0,
            Teacher = recipe.Supervised?.Teacher is not { } teacher ? 0 : teacher.IsTrained ? 4 * weights : weights,
            Critic = requirements.HasFlag(Requirements.Critic) ? 4 * weights : 0,
            HiddenStates = requirements.HasFlag(Requirements.OutputLayer) ? NumberSize * shape.Width * pathTokens : 0,
            Activations = NumberSize * shape.ActivationsPerToken * Math.Max(supervisedTokens, updateTokens),
            Cache = NumberSize * shape.CachePerToken * stepTokens,
        };
    }

    /// <summary>The estimate as a table, in lines of at most 80 characters.</summary>
    public string Describe()
    {
        (string Name, double Bytes)[] rows =
        [
            ("weights", Weights),
            ("gradients", Gradients),
            ("optimizer state", OptimizerState),
            ("reference model", Reference),
            ("critic", Critic),
            ("teacher", Teacher),
            ("reward model", RewardModel),
            ("peers", Peers),
            ("hidden states of a minibatch", HiddenStates),
            ("activations of a minibatch", Activations),
            ("key/value cache of a step", Cache),
        ];
        string table = string.Concat(rows.Where(r => r.Bytes > 0).Select(r => $"  {r.Name,-28}{TextLayout.Bytes(r.Bytes),10}\n"));
        return $"{table}  {"at most at one time",-28}{TextLayout.Bytes(Total),10}\n";
    }

    private static int States(ComponentChoice? optimizer) => optimizer is null ? 0 : optimizer.Create<OptimizerSettings>().StatesPerWeight;
}
