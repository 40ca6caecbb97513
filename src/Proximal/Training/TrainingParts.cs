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
using Proximal.Supplements;
using Proximal.Tasks;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;
using Proximal.Tensors.Safetensors;
using Proximal.Tensors.Schedules;
using Proximal.Weighting;

namespace Proximal.Training;

/// <summary>Everything that a recipe names for one model, made: the model, tokenizer, task, and the trainers of the stages.</summary>
internal sealed class TrainingParts : IDisposable
{
    private const string TeacherName = "teacher";

    private readonly Recipe recipe;
    private readonly string policyStart;
    private readonly Workers workers;
    private readonly bool ownsWorkers;
    private readonly string? checkpoint;
    private readonly List<IDisposable> owned = [];
    private readonly IReadOnlyList<WeightedReward> rewards;
    private readonly IEnvironment environment;
    private readonly IPromptSource prompts;
    private readonly int microbatchTokens;
    private readonly LlamaModel? teacher;
    private readonly ITokenWeighting? weighting;
    private readonly RewardModel? rewardModel;
    private RewardNetwork? rewardNetwork;
    private Evaluator? teacherEvaluator;

    /// <summary>Makes everything but the trainers.</summary>
    /// <param name="recipe">The recipe of this model.</param>
    /// <param name="overrides">What does not come from the recipe.</param>
    /// <param name="checkpoint">Where the model continues from; null to begin.</param>
    /// <param name="policyStart">Where the model lies with which policy optimization began, once it did.</param>
    /// <param name="shared">Threads of another model; null for those of the recipe.</param>
    public TrainingParts(Recipe recipe, TrainingOverrides overrides, string? checkpoint, string policyStart, Workers? shared = null)
    {
        this.recipe = recipe;
        this.checkpoint = checkpoint;
        this.policyStart = policyStart;
        ownsWorkers = shared is null && recipe.Workers > 0;
        workers = shared ?? (ownsWorkers ? new Workers(recipe.Workers) : Workers.Shared);
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
            Stages = [.. recipe.Stages.Where(stage => stage != TrainingStage.Preferences || overrides.Rewards is null)];
            weighting = recipe.Supervised?.Weighting?.Create<ITokenWeighting>();
            teacher = recipe.Supervised?.Teacher is { } settings ? Own(NewTeacher(settings)) : null;
            if (weighting is { NeedsTeacher: true } && teacher is null)
            {
                throw new InvalidDataException($"'supervised.weighting' is {weighting.Info.Key}, expected a 'supervised.teacher' beside it: it needs demonstrations whose probabilities are known.");
            }

            rewardModel = FindRewardModel(rewards);
            if (recipe.Policy?.Critic.Initialization == CriticStart.RewardModel && rewardModel is null)
            {
                throw new InvalidDataException("'policy.critic.initialization' is reward-model, expected a reward-model among 'policy.rewards'.");
            }

            if (rewardModel is not null && checkpoint is not null && File.Exists(CheckpointStore.NetworkFile(checkpoint, RewardNetwork.Name)))
            {
                rewardModel.Network = rewardNetwork = Own(new RewardNetwork(Model, microbatchTokens, workers));
                CheckpointStore.LoadNetwork(checkpoint, RewardNetwork.Name, rewardNetwork.Parameters);
            }

            Evaluator = NewEvaluator(Model, rewards);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The stages in which the run trains something, in order.</summary>
    public IReadOnlyList<TrainingStage> Stages { get; }

    public ITask Task { get; }

    /// <summary>The parts that other models may share.</summary>
    public TrainingOverrides Shared => new() { Task = Task, Environment = environment, Rewards = rewards, MicrobatchTokens = microbatchTokens };

    public IReadOnlyList<WeightedReward> Rewards => rewards;

    public IEnvironment Environment => environment;

    public Workers Workers => workers;

    public LlamaModel Model { get; }

    public ITokenizer Tokenizer { get; }

    /// <summary>Measures the policy.</summary>
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

    /// <summary>The reward model among terms, or null.</summary>
    /// <exception cref="InvalidDataException">There are several.</exception>
    public static RewardModel? FindRewardModel(IReadOnlyList<WeightedReward> terms)
    {
        RewardModel[] models = [.. terms.Select(term => term.Reward).OfType<RewardModel>()];
        return models.Length <= 1 ? models.SingleOrDefault() : throw new InvalidDataException($"'policy.rewards' has {models.Length} reward models, expected at most one.");
    }

    /// <summary>The trainer of a stage, at its beginning.</summary>
    public IStageTrainer CreateTrainer(TrainingStage stage) => stage switch
    {
        TrainingStage.Teacher => NewTeacherTrainer(recipe.Supervised!.Teacher!),
        TrainingStage.Supervised => NewSupervisedTrainer(recipe.Supervised!),
        TrainingStage.Preferences => NewPreferenceTrainer(rewardModel!),
        _ => NewPolicyTrainer(recipe.Policy!),
    };

    /// <summary>Writes the models of a checkpoint, every bit of them.</summary>
    public void SaveModels(string target)
    {
        if (teacher is not null && recipe.Supervised!.Teacher!.IsTrained)
        {
            CheckpointStore.SaveNetwork(target, TeacherName, teacher.Parameters);
        }

        if (rewardNetwork is not null)
        {
            CheckpointStore.SaveNetwork(target, RewardNetwork.Name, rewardNetwork.Parameters);
        }

        CheckpointFolder.Save(target, Model.Configuration, Tokenizer, Model.Parameters, SafetensorsType.Float32);
    }

    /// <summary>Measures what a stage trains: the teacher, or the policy.</summary>
    public Evaluator EvaluatorOf(TrainingStage stage) => stage == TrainingStage.Teacher ? teacherEvaluator ??= NewEvaluator(teacher!, NewRewards(null)) : Evaluator;

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

    /// <summary>The teacher of a checkpoint, as far as it is trained, or a new one of the policy's shape.</summary>
    private LlamaModel NewTeacher(TeacherSettings settings)
    {
        if (!settings.IsTrained)
        {
            using TrainedPolicy trained = TrainedPolicy.Load(settings.Checkpoint);
            int[] expected = Tokenizer.Encode(string.Concat(Task.Symbols)), actual = trained.Tokenizer.Encode(string.Concat(Task.Symbols));
            return trained.Tokenizer.VocabularySize == Tokenizer.VocabularySize && trained.Tokenizer.EndOfSequence == Tokenizer.EndOfSequence && actual.AsSpan().SequenceEqual(expected)
                ? trained.Model.Clone(trainable: false)
                : throw new InvalidDataException(
                    $"'supervised.teacher.checkpoint' is {settings.Checkpoint}, expected a model with the policy's tokenizer: the same tokens for the symbols of task '{Task.Name}'.");
        }

        LlamaModel model = recipe.Model.IsCheckpoint ? LlamaModel.Load(recipe.Model.Checkpoint) : LlamaModel.Create(Model.Configuration, ~(ulong)recipe.Seed);
        if (checkpoint is not null)
        {
            CheckpointStore.LoadNetwork(checkpoint, TeacherName, model.Parameters);
        }

        return model;
    }

    private Evaluator NewEvaluator(LlamaModel model, IReadOnlyList<WeightedReward> terms)
    {
        EvaluationSettings evaluation = recipe.Evaluation;
        SamplingOptions sampling = new() { Temperature = evaluation.Temperature, TopP = evaluation.TopP };
        IRollouts rollouts = NewRollouts(model, sampling, EvaluationBudget(recipe, Task, environment, Model.Configuration), terms);
        return new Evaluator(rollouts, Task, environment, evaluation.Prompts, evaluation.Samples, evaluation.Temperature, (ulong)recipe.Seed);
    }

    private SupervisedTrainer NewTeacherTrainer(TeacherSettings settings) => new()
    {
        Stage = TrainingStage.Teacher,
        Seed = (ulong)recipe.Seed,
        Steps = settings.Steps,
        Batch = settings.Batch,
        GradientClip = Limit(settings.GradientClip),
        Demonstrations = NewDemonstrations(settings.Task?.Create<ITask>() ?? Task, settings.DemonstrationNoise),
        Updater = new SupervisedUpdater(NewLanes(teacher!)),
        Clipping = new GradientClipping(teacher!.Parameters, workers),
        Optimizer = NewOptimizer(settings.Optimizer, teacher.Parameters),
        LearningRate = NewSchedule(settings.Optimizer, settings.Schedule, settings.Steps),
    };

    private Demonstrations NewDemonstrations(ITask task, double noise, double hints = 0) =>
        new(task, environment, Tokenizer, EndOfSequence(Tokenizer), noise, hints, Model.Configuration.MaximumPositions);

    private TeacherDemonstrations NewTeacherDemonstrations(TeacherSettings settings)
    {
        ITask taught = settings.Task?.Create<ITask>() ?? Task;
        int budget = environment is SingleTurn
            ? Math.Min(Math.Max(Task.Lengths.Response, taught.Lengths.Response) + 1, Model.Configuration.MaximumPositions - 1)
            : Model.Configuration.MaximumPositions - 1;
        return new TeacherDemonstrations(NewRollouts(teacher!, new SamplingOptions { Temperature = settings.Temperature }, budget, NewRewards(null)), Task, settings);
    }

    private SupervisedTrainer NewSupervisedTrainer(SupervisedStage stage)
    {
        return new SupervisedTrainer
        {
            Stage = TrainingStage.Supervised,
            Seed = (ulong)recipe.Seed,
            Steps = stage.Steps,
            Batch = stage.Batch,
            GradientClip = Limit(stage.GradientClip),
            Demonstrations = NewDemonstrations(stage.CreateTask() ?? Task, stage.DemonstrationNoise, stage.AnswerHints),
            TeacherDemonstrations = stage.Teacher is null ? null : NewTeacherDemonstrations(stage.Teacher),
            TeacherBegin = stage.Teacher?.Begin ?? 0,
            Weighting = weighting,
            Updater = new SupervisedUpdater(NewLanes(Model)),
            Clipping = new GradientClipping(Model.Parameters, workers),
            Optimizer = NewOptimizer(stage.Optimizer, Model.Parameters),
            LearningRate = NewSchedule(stage.Optimizer, stage.Schedule, stage.Steps),
        };
    }

    private PreferenceTrainer NewPreferenceTrainer(RewardModel model)
    {
        rewardNetwork ??= Own(new RewardNetwork(Model, microbatchTokens, workers));
        model.Network = rewardNetwork;
        int budget = EvaluationBudget(recipe, Task, environment, Model.Configuration);
        return new PreferenceTrainer
        {
            Seed = (ulong)recipe.Seed,
            Options = model.Options,
            Rollouts = NewRollouts(Model, new SamplingOptions(), budget, NewRewards(null)),
            Task = Task,
            Network = rewardNetwork,
            Clipping = new GradientClipping(rewardNetwork.Parameters, workers),
            Optimizer = Own(new AdamW(rewardNetwork.Parameters, new AdamOptions { LearningRate = model.Options.LearningRate }, workers)),
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
        SupplementSettings[] supplements = [.. stage.Supplements.Select(choice => choice.Create<SupplementSettings>())];
        Requirements requirements = RequirementsOf([advantage, .. objective.Components, .. selection, .. shaping, .. supplements]);
        bool hasReference = (requirements & (Requirements.Reference | Requirements.FullDivergence)) != 0;
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
            ReferenceReset = stage.ReferenceReset,
            GradientLimit = Limit(stage.GradientLimit),
            Filled = requirements | (hasReference ? Requirements.Reference : Requirements.None),
            NeedsOutputLayer = requirements.HasFlag(Requirements.OutputLayer),
            BehaviourIsPolicy = sampling.IsModelDistribution,
        };
        UpdateLanes lanes = NewLanes(Model);
        LlamaModel? reference = hasReference ? NewReference() : null;
        return new PolicyTrainer
        {
            Settings = settings,
            Policy = Model,
            Reference = reference,
            Critic = requirements.HasFlag(Requirements.Critic) ? NewCritic(stage.Critic) : null,
            CriticWarmUp = requirements.HasFlag(Requirements.Critic) ? new CriticWarmUp(stage.Critic.WarmUp, stage.Critic.WarmUpUntil) : null,
            Supplements = NewSupplements(stage, supplements, sampling, reference),
            Prompts = prompts,
            Rollouts = NewCollection(stage, sampling, new ProbeScorer(lanes)),
            GreedyBaseline = requirements.HasFlag(Requirements.GreedyBaseline)
                ? new GreedyBaseline(NewRollouts(Model, new SamplingOptions { Temperature = 0 }, stage.ResponseTokens, rewards))
                : null,
            Shaping = shaping,
            Advantage = advantage,
            Selection = selection,
            UpdateSelection = new UpdateSelection(selection),
            Objective = objective,
            Updater = new PolicyUpdater(lanes, requirements.HasFlag(Requirements.FullDivergence) ? reference : null, NewRoutes(stage.RoutingReplay)),
            Clipping = new GradientClipping(Model.Parameters, workers),
            Optimizer = NewOptimizer(stage.Optimizer, Model.Parameters),
            LearningRate = NewSchedule(stage.Optimizer, stage.Schedule, stage.Steps),
        };
    }

    private ISupplement[] NewSupplements(PolicyStage stage, SupplementSettings[] settings, SamplingOptions sampling, LlamaModel? reference)
    {
        SupplementParts parts = new(
            model => NewRollouts(model, sampling, stage.ResponseTokens, NewRewards(null)),
            () => new TargetLosses(NewLanes(Model)),
            owned.Add)
        {
            Policy = Model,
            Reference = reference,
            Task = Task,
            Environment = environment,
            Tokenizer = Tokenizer,
            EndOfSequence = EndOfSequence(Tokenizer),
        };
        ISupplement[] supplements = [.. settings.Select(one => one.Create(parts))];
        return stage.Pretraining is { Coefficient: > 0 } mix
            ? [new PretrainingLoss(NewDemonstrations(Task, mix.DemonstrationNoise), new SupervisedUpdater(NewLanes(Model)), mix), .. supplements]
            : supplements;
    }

    /// <summary>The routes of a step through the experts of the policy; null for a dense one.</summary>
    private ExpertRoutes? NewRoutes(RoutingReplay replay)
    {
        LlamaConfiguration model = Model.Configuration;
        if (model.Experts > 0)
        {
            return new ExpertRoutes(replay, model.Layers, model.Experts, model.RouteLength);
        }

        return replay == RoutingReplay.None
            ? null
            : throw new InvalidDataException($"policy.routing-replay is '{replay.ToString().ToLowerInvariant()}', but the model has no experts; expected none, or model.experts above 0.");
    }

    /// <summary>The policy as it was when policy optimization began.</summary>
    private LlamaModel NewReference()
    {
        if (checkpoint is null)
        {
            return Own(Model.Clone(trainable: false));
        }

        if (Directory.Exists(policyStart))
        {
            return Own(LlamaModel.Load(policyStart, trainable: false));
        }

        // Without a supervised stage policy optimization began with the model of the recipe.
        using LlamaModel initial = ModelFactory.Create(recipe, Task, environment).Model;
        return Own(initial.Clone(trainable: false));
    }

    private CriticTrainer NewCritic(CriticSettings settings)
    {
        RewardNetwork? start = settings.Initialization == CriticStart.RewardModel ? rewardNetwork : null;
        LlamaModel trunk = (start?.Trunk ?? Model).Clone(trainable: true);
        Parameter head = new("value_head.weight", new Shape(1, Model.Configuration.HiddenSize));
        start?.Head.Data.CopyTo(head.Data);
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

    private UpdateLanes NewLanes(LlamaModel model) => Own(new UpdateLanes(model, workers, microbatchTokens));

    private IRollouts NewCollection(PolicyStage stage, SamplingOptions sampling, ProbeScorer scorer) => stage.Collection.Create<CollectionSettings>().Create(
        new RolloutParts((model, options) => NewRollouts(model, options, stage.ResponseTokens, rewards), owned.Add, scorer.Score)
        {
            Policy = Model,
            Tokenizer = Tokenizer,
            Sampling = sampling,
            Task = Task,
            Environment = environment,
            ResponseBudget = stage.ResponseTokens,
            Prompts = stage.Prompts,
            Rollouts = stage.Rollouts,
        });

    private ParallelRollouts NewRollouts(LlamaModel model, SamplingOptions sampling, int budget, IReadOnlyList<WeightedReward> terms) => new(
        Own(new Generator(model, sampling, [EndOfSequence(Tokenizer), .. ParallelRollouts.TurnEnds(environment, Tokenizer)], workers)), Tokenizer, Task, environment, terms, budget);

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
