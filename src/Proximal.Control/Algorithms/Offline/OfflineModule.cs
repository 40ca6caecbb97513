using System.Globalization;
using Proximal.Control.Data;
using Proximal.Control.Recipes;
using Proximal.Recipes;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>The learners from data sets that recipes can name.</summary>
internal static class OfflineModule
{
    public static void Register(ComponentCatalog<Algorithm> catalog) => catalog
        .Add(Define(
            "behaviour-cloning",
            "Supervised learning of the actions of a data set.",
            "L = mean -log pi(a | s), or mean (pi(s) - a)^2 for boxes",
            "Pomerleau 1989, \"ALVINN\"",
            ActionKinds.Discrete | ActionKinds.Continuous,
            new OptionSchema<BehaviourCloningOptions>(() => new BehaviourCloningOptions())
                .BatchSize()
                .Number("best-share", o => o.BestShare, (o, v) => o with { BestShare = v }, "The share of trajectories, those with the largest returns, that are imitated.", 1e-6, 1)
                .Flag("likelihood", o => o.Likelihood, (o, v) => o with { Likelihood = v }, "Whether continuous actions are learned by likelihood instead of by squared error.")
                .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "Learning rate of Adam.", 1e-9, 1)
                .WithNetwork(o => o.Network, (o, v) => o with { Network = v }, memory: false),
            (data, options, workers) => new BehaviourCloning(data, options, workers)))
        .Add(Define(
            "td3-bc",
            "TD3 on a data set, whose actor also imitates.",
            "L_pi = -lambda mean Q_1(s, pi(s)) + mean (pi(s) - a)^2, lambda = alpha / mean |Q_1|",
            "Fujimoto and Gu 2021, \"A Minimalist Approach to Offline Reinforcement Learning\"",
            ActionKinds.Continuous,
            new OptionSchema<Td3BcOptions>(() => new Td3BcOptions())
                .ValueLearning()
                .Number("alpha", o => o.Alpha, (o, v) => o with { Alpha = v }, "How much the critic counts against the data.", 0, 1e6)
                .Integer("policy-delay", o => o.PolicyDelay, (o, v) => o with { PolicyDelay = v }, "Updates of the critics between updates of the policy.", 1, 1 << 16)
                .Number("target-noise", o => o.TargetNoise, (o, v) => o with { TargetNoise = v }, "Deviation of the noise of target actions.", 0, 10)
                .Number("target-noise-clip", o => o.TargetNoiseClip, (o, v) => o with { TargetNoiseClip = v }, "Bound of that noise.", 0, 10),
            (data, options, workers) => new Td3Bc(data, options, workers)))
        .Add(Define(
            "iql",
            "Implicit Q-learning: values by expectiles, so that no action outside the data is ever asked for.",
            "L_V = mean |tau - 1[u < 0]| u^2, u = min Q'(s, a) - V(s);  L_Q = mean (Q - r - gamma c V(s'))^2;  L_pi = -mean min(exp(beta u), 100) log pi(a | s)",
            "Kostrikov, Nair and Levine 2022, \"Offline Reinforcement Learning with Implicit Q-Learning\"",
            ActionKinds.Continuous,
            new OptionSchema<ImplicitQLearningOptions>(() => new ImplicitQLearningOptions())
                .ValueLearning()
                .Number("expectile", o => o.Expectile, (o, v) => o with { Expectile = v }, "tau of the expectile.", 1e-6, 0.999999)
                .Number("beta", o => o.Beta, (o, v) => o with { Beta = v }, "beta of the policy's weights; 0 imitates.", 0, 1e6)
                .Number("largest-weight", o => o.LargestWeight, (o, v) => o with { LargestWeight = v }, "The largest weight.", 1e-6, 1e9)
                .Flag("cosine-schedule", o => o.CosineSchedule, (o, v) => o with { CosineSchedule = v }, "Whether the policy's learning rate falls along a cosine to 0."),
            (data, options, workers) => new ImplicitQLearning(data, options, workers)))
        .Add(Define(
            "awac",
            "Advantage-weighted actor-critic.",
            "L_pi = -mean min(exp(A / lambda), 100) log pi(a | s), A = min Q(s, a) - min Q(s, a_pi)",
            "Nair et al. 2020, \"AWAC: Accelerating Online Reinforcement Learning with Offline Datasets\"",
            ActionKinds.Continuous,
            new OptionSchema<AwacOptions>(() => new AwacOptions())
                .ValueLearning()
                .Number("lambda", o => o.Lambda, (o, v) => o with { Lambda = v }, "Temperature of the weights.", 1e-6, 1e9)
                .Number("largest-weight", o => o.LargestWeight, (o, v) => o with { LargestWeight = v }, "The largest weight.", 1e-6, 1e9),
            (data, options, workers) => new Awac(data, options, workers)))
        .Add(Define(
            "cql",
            "Conservative Q-learning: soft actor-critic whose critics hold down what the data does not have.",
            "L_Q = alpha (log sum_k exp(Q(s, a_k) - d_k) - Q(s, a)) + mean (Q - y)^2",
            "Kumar et al. 2020, \"Conservative Q-Learning for Offline Reinforcement Learning\"",
            ActionKinds.Continuous,
            new OptionSchema<ConservativeQLearningOptions>(() => new ConservativeQLearningOptions())
                .ValueLearning()
                .Number("alpha", o => o.Alpha, (o, v) => o with { Alpha = v }, "Weight of the penalty; its first value where a gap is given.", 0, 1e6)
                .Number("gap", o => o.Gap, (o, v) => o with { Gap = v }, "The penalty to which alpha is fitted; 0 keeps alpha.", 0, 1e6)
                .Integer("samples", o => o.Samples, (o, v) => o with { Samples = v }, "Actions drawn of each of three kinds.", 1, 1000)
                .Number("temperature", o => o.Temperature, (o, v) => o with { Temperature = v }, "First temperature of the entropy.", 1e-6, 1e6)
                .Flag("backup-entropy", o => o.BackupEntropy, (o, v) => o with { BackupEntropy = v }, "Whether targets count the entropy of the next action.")
                .Rule(o => o.Gap > 0 && o.Alpha == 0 ? "'alpha' is 0, expected more where 'gap' is given" : null),
            (data, options, workers) => new ConservativeQLearning(data, options, workers)))
        .Add(Define(
            "decision-transformer",
            "A causal transformer over returns, observations and actions that is asked for a large return.",
            "L = mean (a_t - f(R_{t-K+1}, s_{t-K+1}, a_{t-K+1}, ..., R_t, s_t))^2, R_t = sum_{k>=t} r_k",
            "Chen et al. 2021, \"Decision Transformer: Reinforcement Learning via Sequence Modeling\"",
            ActionKinds.Discrete | ActionKinds.Continuous,
            new OptionSchema<DecisionTransformerOptions>(() => new DecisionTransformerOptions())
                .BatchSize()
                .Integer("context", o => o.Network.Context, (o, v) => o with { Network = o.Network with { Context = v } }, "Steps of context, K.", 1, 4096)
                .Integer("width", o => o.Network.Width, (o, v) => o with { Network = o.Network with { Width = v } }, "Numbers per token, a multiple of the heads.", 1, 1 << 14)
                .Integer("layers", o => o.Network.Layers, (o, v) => o with { Network = o.Network with { Layers = v } }, "Layers.", 1, 256)
                .Integer("heads", o => o.Network.Heads, (o, v) => o with { Network = o.Network with { Heads = v } }, "Heads of attention.", 1, 256)
                .Number("dropout", o => o.Network.Dropout, (o, v) => o with { Network = o.Network with { Dropout = v } }, "Probability of dropout in training.", 0, 0.999)
                .Integer("longest-episode", o => o.Network.LongestEpisode, (o, v) => o with { Network = o.Network with { LongestEpisode = v } }, "Steps that have an embedding of time of their own.", 1, 1 << 20)
                .Number("return-scale", o => o.Network.ReturnScale, (o, v) => o with { Network = o.Network with { ReturnScale = v } }, "By which returns are divided.", 1e-9, 1e12)
                .Flag("condition-on-return", o => o.Network.ConditionOnReturn, (o, v) => o with { Network = o.Network with { ConditionOnReturn = v } }, "Whether the network sees returns.")
                .Number("target-return", o => o.Network.TargetReturn, (o, v) => o with { Network = o.Network with { TargetReturn = v } }, "The return to ask for; 0 for the largest of the data.", -1e12, 1e12)
                .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "Learning rate of AdamW.", 1e-9, 1)
                .Number("weight-decay", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }, "Weight decay of AdamW.", 0, 1)
                .Integer("warmup", o => o.WarmupUpdates, (o, v) => o with { WarmupUpdates = v }, "Updates over which the learning rate rises.", 0)
                .Number("gradient-limit", o => o.GradientLimit, (o, v) => o with { GradientLimit = v }, "The largest norm of a gradient.", 1e-9, 1e9)
                .Rule(o => o.Network.Width % o.Network.Heads != 0 ? string.Create(CultureInfo.InvariantCulture, $"'width' is {o.Network.Width}, expected a multiple of the {o.Network.Heads} 'heads'") : null),
            (data, options, workers) => new DecisionTransformer(data, options, workers)))
        .Add(Define(
            "diffusion-policy",
            "Imitation of chunks of actions by denoising.",
            "L = mean |e - e(sqrt(abar_k) A + sqrt(1 - abar_k) e, k, o)|^2",
            "Chi et al. 2023, \"Diffusion Policy: Visuomotor Policy Learning via Action Diffusion\"",
            ActionKinds.Continuous,
            new OptionSchema<DiffusionImitationOptions>(() => new DiffusionImitationOptions())
                .BatchSize()
                .Integer("observation-steps", o => o.Policy.ObservationSteps, (o, v) => o with { Policy = o.Policy with { ObservationSteps = v } }, "Observations the policy sees, To.", 1, 64)
                .Integer("predicted-actions", o => o.Policy.PredictedActions, (o, v) => o with { Policy = o.Policy with { PredictedActions = v } }, "Actions predicted at once, Tp.", 1, 1024)
                .Integer("executed-actions", o => o.Policy.ExecutedActions, (o, v) => o with { Policy = o.Policy with { ExecutedActions = v } }, "Actions taken before the next prediction, Ta.", 1, 1024)
                .Integer("noise-steps", o => o.Policy.NoiseSteps, (o, v) => o with { Policy = o.Policy with { NoiseSteps = v } }, "Steps of noise in training.", 1, 10_000)
                .Integer("denoising-steps", o => o.Policy.DenoisingSteps, (o, v) => o with { Policy = o.Policy with { DenoisingSteps = v } }, "Steps of denoising when acting.", 1, 10_000)
                .HiddenLayers("hidden", o => o.Policy.Hidden, (o, v) => o with { Policy = o.Policy with { Hidden = v } }, "Widths of the hidden layers.")
                .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "Peak learning rate of AdamW.", 1e-9, 1)
                .Number("weight-decay", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }, "Weight decay of AdamW.", 0, 1)
                .Integer("warmup", o => o.WarmupUpdates, (o, v) => o with { WarmupUpdates = v }, "Updates over which the learning rate rises.", 0)
                .Number("average-power", o => o.AveragePower, (o, v) => o with { AveragePower = v }, "Exponent of the average of weights.", 1e-6, 10)
                .Rule(o => o.Policy.DenoisingSteps > o.Policy.NoiseSteps
                    ? string.Create(CultureInfo.InvariantCulture, $"'denoising-steps' is {o.Policy.DenoisingSteps}, expected at most the {o.Policy.NoiseSteps} 'noise-steps'")
                    : null)
                .Rule(o => o.Policy.ObservationSteps - 1 + o.Policy.ExecutedActions > o.Policy.PredictedActions
                    ? string.Create(CultureInfo.InvariantCulture, $"'executed-actions' is {o.Policy.ExecutedActions}, expected at most {o.Policy.PredictedActions - o.Policy.ObservationSteps + 1} of {o.Policy.PredictedActions} 'predicted-actions'")
                    : null),
            (data, options, workers) => new DiffusionImitation(data, options, workers)))
        .Add(Define(
            "diffusion-ql",
            "Imitation by denoising that also climbs a critic.",
            "L_pi = L_noise - eta mean Q_i(s, a0) / mean |Q_j(s, a0)|, a0 through the whole chain",
            "Wang, Hunt and Zhou 2023, \"Diffusion Policies as an Expressive Policy Class for Offline Reinforcement Learning\"",
            ActionKinds.Continuous,
            new OptionSchema<DiffusionQLearningOptions>(() => new DiffusionQLearningOptions())
                .ValueLearning()
                .Number("eta", o => o.Eta, (o, v) => o with { Eta = v }, "How much the critic counts against the data; 0 imitates.", 0, 1e6)
                .Integer("noise-steps", o => o.NoiseSteps, (o, v) => o with { NoiseSteps = v }, "Steps of noise, N.", 1, 10_000)
                .Integer("candidates", o => o.Candidates, (o, v) => o with { Candidates = v }, "Actions among which one is chosen when acting.", 1, 10_000)
                .Number("average-decay", o => o.AverageDecay, (o, v) => o with { AverageDecay = v }, "Decay of the average of the actor's weights.", 0, 1)
                .Integer("average-frequency", o => o.AverageFrequency, (o, v) => o with { AverageFrequency = v }, "Updates between steps of the average.", 1, 1 << 20)
                .Integer("average-starts", o => o.AverageStarts, (o, v) => o with { AverageStarts = v }, "Updates before the average begins; until then it is a copy.", 0)
                .Number("gradient-limit", o => o.GradientLimit, (o, v) => o with { GradientLimit = v }, "The largest norm of the actor's gradient; 0 for none.", 0, 1e9),
            (data, options, workers) => new DiffusionQLearning(data, options, workers)));

    private static ComponentDefinition<Algorithm, TOptions> Define<TOptions>(
        string key,
        string summary,
        string formula,
        string reference,
        ActionKinds actions,
        OptionSchema<TOptions> schema,
        Func<OfflineDataset, TOptions, Workers, OfflineLearner> create)
        where TOptions : OfflineOptions => new(
            new ComponentInfo(key, Seam.Algorithms, summary, formula, reference),
            schema,
            options => new Algorithm(actions, task => create(Load(task), options with { Seed = task.Seed }, task.Workers))
            {
                IsOffline = true,
                Arithmetic = updates => string.Create(CultureInfo.InvariantCulture, $"{updates} updates on {options.BatchSize} transitions or sequences each, drawn uniformly from the data set"),
            });

    /// <summary>The data set of a task, if its spaces are those of the environment.</summary>
    private static OfflineDataset Load(LearningTask task)
    {
        OfflineDataset data = DatasetFile.Load(task.Data);
        string found = $"{data.ObservationSpace} -> {data.ActionSpace}", expected = $"{task.Environment.Specification.Observations} -> {task.Environment.Specification.Actions}";
        return found == expected
            ? data
            : throw new InvalidDataException($"{task.Data}: observations and actions are {found}, expected {expected} of {task.Environment.Specification.Name}.");
    }

    private static OptionSchema<T> BatchSize<T>(this OptionSchema<T> schema)
        where T : OfflineOptions => schema
            .Integer("batch-size", o => o.BatchSize, (o, v) => (T)((OfflineOptions)o with { BatchSize = v }), "Transitions, or sequences, of an update.", 1, 1 << 20);

    private static OptionSchema<T> ValueLearning<T>(this OptionSchema<T> schema)
        where T : ValueLearningOptions => schema
            .BatchSize()
            .Number("discount", o => o.Discount, (o, v) => (T)((ValueLearningOptions)o with { Discount = v }), "gamma, less than 1.", 0, 0.999999)
            .Number("target-rate", o => o.TargetRate, (o, v) => (T)((ValueLearningOptions)o with { TargetRate = v }), "tau of the target networks.", 0, 1)
            .Number("policy-learning-rate", o => o.PolicyLearningRate, (o, v) => (T)((ValueLearningOptions)o with { PolicyLearningRate = v }), "Learning rate of the policy.", 1e-9, 1)
            .Number("critic-learning-rate", o => o.CriticLearningRate, (o, v) => (T)((ValueLearningOptions)o with { CriticLearningRate = v }), "Learning rate of critics and values.", 1e-9, 1)
            .Number("reward-scale", o => o.RewardScale, (o, v) => (T)((ValueLearningOptions)o with { RewardScale = v }), "By which rewards are multiplied.", 1e-9, 1e9)
            .Flag("scale-observations", o => o.ScaleObservations, (o, v) => (T)((ValueLearningOptions)o with { ScaleObservations = v }), "Whether observations are scaled to mean 0 and deviation 1.")
            .WithNetwork(o => o.Network, (o, v) => (T)((ValueLearningOptions)o with { Network = v }), memory: false);
}
