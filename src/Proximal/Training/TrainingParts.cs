using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Environments;
using Proximal.Models.Checkpoints;
using Proximal.Models.Configuration;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Models.Tokenizers;
using Proximal.Objectives;
using Proximal.Optimizers;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Schedules;
using Proximal.Selection;
using Proximal.Tasks;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;
using Proximal.Tensors.Safetensors;
using Proximal.Tensors.Schedules;

namespace Proximal.Training;

/// <summary>Everything that a recipe names, made: model, tokenizer, task, and the trainers of the stages.</summary>
internal sealed class TrainingParts : IDisposable
{
    private readonly Recipe recipe;
    private readonly RunFolder folder;
    private readonly Workers workers;
    private readonly bool ownsWorkers;
    private readonly string? checkpoint;
    private readonly List<IDisposable> owned = [];
    private readonly IReadOnlyList<WeightedReward> rewards;
    private readonly IEnvironment environment;
    private readonly IPromptSource prompts;
    private readonly int microbatchTokens;

    public TrainingParts(Recipe recipe, RunFolder folder, TrainingOverrides overrides, string? checkpoint)
    {
        this.recipe = recipe;
        this.folder = folder;
        this.checkpoint = checkpoint;
        ownsWorkers = recipe.Workers > 0;
        workers = ownsWorkers ? new Workers(recipe.Workers) : Workers.Shared;
        try
        {
            Task = overrides.Task ?? recipe.CreateTask();
            environment = overrides.Environment ?? recipe.Environment.Create<IEnvironment>();
            (Model, Tokenizer) = checkpoint is null
                ? ModelFactory.Create(recipe, Task, environment)
                : (LlamaModel.Load(checkpoint), CheckpointFolder.ReadTokenizer(checkpoint));
            rewards = overrides.Rewards ?? NewRewards(recipe);
            prompts = overrides.Prompts ?? new UniformPrompts(Task);
            microbatchTokens = overrides.MicrobatchTokens;
            EvaluationSettings evaluation = recipe.Evaluation;
            Evaluator = new Evaluator(
                NewRollouts(new SamplingOptions { Temperature = evaluation.Temperature, TopP = evaluation.TopP }, EvaluationBudget(recipe, Task, environment, Model.Configuration)),
                Task,
                evaluation.Prompts,
                evaluation.Samples,
                evaluation.Temperature,
                (ulong)recipe.Seed);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ITask Task { get; }

    public LlamaModel Model { get; }

    public ITokenizer Tokenizer { get; }

    public Evaluator Evaluator { get; }

    /// <summary>The most tokens of a response when held-out problems are measured.</summary>
    public static int EvaluationBudget(Recipe recipe, ITask task, IEnvironment environment, LlamaConfiguration model) =>
        recipe.Evaluation.ResponseTokens > 0 ? recipe.Evaluation.ResponseTokens :
        recipe.Policy is not null ? recipe.Policy.ResponseTokens :
        environment is SingleTurn ? Math.Min(task.Lengths.Response + 1, model.MaximumPositions - 1) :
        model.MaximumPositions - 1;

    /// <summary>The reward terms of a recipe; the verifier's score where it names none, or where there is no recipe.</summary>
    public static IReadOnlyList<WeightedReward> NewRewards(Recipe? recipe) => recipe?.Policy is not { Rewards.Count: > 0 } policy
        ? [new WeightedReward(RewardModule.Score.Info.Key, 1, RewardModule.Score.Create(NoOptions.Schema.CreateDefaults()))]
        : [.. policy.Rewards.Select(choice => new WeightedReward(choice.Definition.Info.Key, (float)choice.Weight, choice.Create<IReward>()))];

    public IStageTrainer CreateTrainer(TrainingStage stage, TrainerState state)
    {
        IStageTrainer trainer = stage == TrainingStage.Supervised ? NewSupervisedTrainer(recipe.Supervised!) : NewPolicyTrainer(recipe.Policy!);
        if (checkpoint is not null && state.Position.Step > 0)
        {
            foreach ((string name, Optimizer optimizer) in trainer.Optimizers)
            {
                OptimizerState.Read(CheckpointStore.OptimizerFile(checkpoint, name), optimizer);
            }

            foreach ((string name, IReadOnlyList<Parameter> parameters) in trainer.Networks)
            {
                using SafetensorsFile file = SafetensorsFile.Open(CheckpointStore.NetworkFile(checkpoint, name));
                foreach (Parameter parameter in parameters)
                {
                    file.ReadSingles(parameter.Name, parameter.Data);
                    parameter.MarkChanged();
                }
            }

            foreach ((string name, IStateful component) in trainer.Components)
            {
                CheckpointStore.LoadComponent(checkpoint, state, name, component);
            }
        }

        return trainer;
    }

    /// <summary>Writes the models of a checkpoint, every bit of them.</summary>
    public void SaveModels(string target) =>
        CheckpointFolder.Save(target, Model.Configuration, Tokenizer, Model.Parameters, SafetensorsType.Float32);

    /// <summary>Writes the trained model in Hugging Face layout, with the element type of the checkpoint that it came from.</summary>
    public void Export(string target) =>
        CheckpointFolder.Save(target, Model.Configuration, Tokenizer, Model.Parameters, Model.Configuration.WeightType ?? SafetensorsType.Float32);

    public void Dispose()
    {
        foreach (IDisposable part in owned)
        {
            part.Dispose();
        }

        // A constructor that failed may not have come to the model.
        Model?.Dispose();
        if (ownsWorkers)
        {
            workers.Dispose();
        }
    }

    private SupervisedTrainer NewSupervisedTrainer(SupervisedStage stage)
    {
        return new SupervisedTrainer
        {
            Seed = (ulong)recipe.Seed,
            Steps = stage.Steps,
            Batch = stage.Batch,
            GradientClip = Limit(stage.GradientClip),
            Demonstrations = new Demonstrations(Task, environment, Tokenizer, EndOfSequence(Tokenizer), stage.DemonstrationNoise, Model.Configuration.MaximumPositions),
            Updater = new SupervisedUpdater(NewLanes()),
            Clipping = new GradientClipping(Model.Parameters, workers),
            Optimizer = NewOptimizer(stage.Optimizer, Model.Parameters),
            LearningRate = NewSchedule(stage.Optimizer, stage.Schedule, stage.Steps),
        };
    }

    private PolicyTrainer NewPolicyTrainer(PolicyStage stage)
    {
        SamplingOptions sampling = new()
        {
            Temperature = stage.Sampling.Temperature,
            TopP = stage.Sampling.TopP,
            MinP = stage.Sampling.MinP,
            TopK = stage.Sampling.TopK,
        };
        PolicyObjective objective = stage.CreateObjective();
        IRewardShaping[] shaping = [.. stage.Shaping.Select(choice => choice.Create<IRewardShaping>())];
        IAdvantage advantage = stage.Advantage.Create<IAdvantage>();
        ISelection[] selection = [.. stage.Selection.Select(choice => choice.Create<ISelection>())];
        Requirements requirements = RequirementsOf([advantage, .. objective.Components, .. selection, .. shaping]);
        PolicySettings settings = new()
        {
            Seed = (ulong)recipe.Seed,
            Steps = stage.Steps,
            Prompts = stage.Prompts,
            Rollouts = stage.Rollouts,
            Minibatches = stage.Updates,
            Epochs = stage.Epochs,
            ResponseBudget = stage.ResponseTokens,
            GradientClip = Limit(stage.GradientClip),
            CriticWarmUp = requirements.HasFlag(Requirements.Critic) ? stage.Critic.WarmUp : 0,
            BehaviourIsPolicy = sampling.IsModelDistribution,
        };
        LlamaModel? reference = (requirements & (Requirements.Reference | Requirements.FullDivergence)) != 0 ? NewReference() : null;
        return new PolicyTrainer
        {
            Settings = settings,
            Policy = Model,
            Reference = reference,
            Critic = requirements.HasFlag(Requirements.Critic) ? NewCritic(stage.Critic) : null,
            Prompts = prompts,
            Rollouts = NewCollection(stage, sampling),
            GreedyBaseline = requirements.HasFlag(Requirements.GreedyBaseline)
                ? new GreedyBaseline(NewRollouts(new SamplingOptions { Temperature = 0 }, stage.ResponseTokens))
                : null,
            Shaping = shaping,
            Advantage = advantage,
            Selection = selection,
            Objective = objective,
            Updater = new PolicyUpdater(NewLanes(), requirements.HasFlag(Requirements.FullDivergence) ? reference : null),
            Clipping = new GradientClipping(Model.Parameters, workers),
            Optimizer = NewOptimizer(stage.Optimizer, Model.Parameters),
            LearningRate = NewSchedule(stage.Optimizer, stage.Schedule, stage.Steps),
        };
    }

    /// <summary>The policy as it was when policy optimization began.</summary>
    private LlamaModel NewReference()
    {
        string start = CheckpointStore.PolicyStart(folder);
        if (checkpoint is null)
        {
            return Own(Model.Clone(trainable: false));
        }

        if (Directory.Exists(start))
        {
            return Own(LlamaModel.Load(start, trainable: false));
        }

        // Without a supervised stage policy optimization began with the model of the recipe.
        using LlamaModel initial = ModelFactory.Create(recipe, Task, environment).Model;
        return Own(initial.Clone(trainable: false));
    }

    private CriticTrainer NewCritic(CriticSettings settings)
    {
        LlamaModel trunk = Model.Clone(trainable: true);
        Parameter head = new("value_head.weight", new Shape(1, Model.Configuration.HiddenSize));
        head.MarkChanged();
        Optimizer optimizer = Own(new AdamW([.. trunk.Parameters, head], new AdamOptions { LearningRate = settings.LearningRate }, workers));
        return Own(new CriticTrainer(
            trunk,
            head,
            optimizer,
            new ValueObjective(new ValueObjectiveOptions { Clip = settings.ValueClip }, MeanAggregation.TokenMean()),
            settings.LearningRate,
            Limit(settings.GradientClip),
            microbatchTokens,
            workers));
    }

    private UpdateLanes NewLanes() => Own(new UpdateLanes(Model, workers, microbatchTokens));

    private IRollouts NewCollection(PolicyStage stage, SamplingOptions sampling) => stage.Collection.Create<CollectionSettings>().Create(
        new RolloutParts((model, options) => NewRollouts(model, options, stage.ResponseTokens), owned.Add)
        {
            Policy = Model,
            Sampling = sampling,
            Task = Task,
            Environment = environment,
            ResponseBudget = stage.ResponseTokens,
            Prompts = stage.Prompts,
            Rollouts = stage.Rollouts,
        });

    private ParallelRollouts NewRollouts(SamplingOptions sampling, int budget) => NewRollouts(Model, sampling, budget);

    private ParallelRollouts NewRollouts(LlamaModel model, SamplingOptions sampling, int budget) => new(
        Own(new Generator(model, sampling, [EndOfSequence(Tokenizer), .. ParallelRollouts.TurnEnds(environment, Tokenizer)], workers)), Tokenizer, Task, environment, rewards, budget);

    private Optimizer NewOptimizer(ComponentChoice choice, IReadOnlyList<Parameter> parameters) =>
        Own(choice.Create<OptimizerSettings>().Create(parameters, workers));

    private static Func<int, double> NewSchedule(ComponentChoice optimizer, ComponentChoice schedule, int steps)
    {
        double peak = optimizer.Create<OptimizerSettings>().LearningRate;
        Schedule factor = schedule.Create<ScheduleSettings>().Create(steps);
        return step => peak * factor.Factor(step);
    }

    private static double Limit(double gradientClip) => gradientClip > 0 ? gradientClip : double.PositiveInfinity;

    private static int EndOfSequence(ITokenizer tokenizer) =>
        tokenizer.EndOfSequence ?? throw new InvalidDataException("The tokenizer names no end-of-sequence token; responses could not end.");

    private static Requirements RequirementsOf(IEnumerable<object> components) =>
        components.OfType<IRequires>().Aggregate(Requirements.None, (all, component) => all | component.Requirements);

    private T Own<T>(T part)
        where T : IDisposable
    {
        owned.Add(part);
        return part;
    }
}
