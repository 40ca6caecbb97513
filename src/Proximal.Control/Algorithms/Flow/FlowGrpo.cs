using System.Globalization;
using Proximal.Control.Environments;
using Proximal.Control.Flow;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Recipes;
using Proximal.Control.State;
using Proximal.Recipes;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Control.Algorithms.Flow;

/// <summary>
/// Flow-GRPO (Liu et al. 2025): the stochastic path of a flow is a sequence of normal distributions, so the clipped surrogate of PPO holds for every step of
/// it. Samples of one condition are compared with each other; all steps of a sample have its advantage <c>A = (R - mean)/(std + 1e-6)</c>. GRPO-Guard (Wang
/// et al. 2025) takes the normalized ratio of <see cref="StepRatio"/> and divides the loss of a step by its size. There is no penalty on the way from the
/// first policy. For environments whose episodes are one action.
/// </summary>
public sealed class FlowGrpo : Learner
{
    private readonly FlowGrpoOptions options;
    private readonly FlowPolicy policy;
    private readonly VectorEnvironment copies;
    private readonly StepBatch batch;
    private readonly EpisodeLog episodes;
    private readonly Adam optimizer;
    private readonly GradientClipping clipping;
    private readonly Tape tape;
    private readonly int width;
    private readonly int conditionWidth;
    private readonly int rows;
    private readonly float[] observations;
    private readonly float[] conditions;
    private readonly float[] actions;
    private readonly float[] states;
    private readonly float[] means;
    private readonly float[] noises;
    private readonly float[] rewards;
    private readonly float[] advantages;
    private readonly int[] order;
    private readonly string[] ratioNames;
    private readonly string[] clipNames;

    /// <summary>Prepares learning: makes the policy and fits it to the examples of the environment.</summary>
    /// <param name="environment">What is to be generated for; its episodes have one step.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seed">Seed of first weights, examples, samples and minibatches.</param>
    /// <param name="workers">Threads; <see cref="Workers.Shared"/> when null.</param>
    /// <exception cref="ArgumentException">A setting or the environment cannot be used; the message says why.</exception>
    public FlowGrpo(IEnvironment environment, FlowGrpoOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base(seed)
    {
        ArgumentNullException.ThrowIfNull(environment);
        this.options = options ??= new FlowGrpoOptions();
        options.Validate();
        EnvironmentSpecification specification = environment.Specification;
        if (specification.MaximumSteps != 1)
        {
            throw new ArgumentException($"A flow is learned from episodes of one action; those of {specification.Name} have {(specification.MaximumSteps == 0 ? "no limit" : $"up to {specification.MaximumSteps}")}.", nameof(environment));
        }

        if (options.PretrainingUpdates > 0 && environment is not IExamples)
        {
            throw new ArgumentException($"{specification.Name} has no examples to fit a flow to; PretrainingUpdates must be 0.", nameof(environment));
        }

        policy = new FlowPolicy(specification.Observations, specification.Actions, options.Policy, seed);
        (width, conditionWidth, rows) = (specification.Actions.Width, specification.Observations.EncodedWidth, options.Groups * options.Samples);
        tape = new Tape(workers);
        optimizer = new Adam(policy.Parameters, new AdamOptions { LearningRate = options.LearningRate }, workers);
        clipping = new GradientClipping(policy.Parameters, workers);
        copies = environment.CreateVector(options.Groups, workers);
        batch = copies.CreateBatch();
        episodes = new EpisodeLog(specification, options.Groups);
        int steps = options.Policy.Steps;
        observations = new float[rows * specification.Observations.Width];
        conditions = new float[rows * conditionWidth];
        actions = new float[rows * width];
        states = new float[steps * rows * width];
        means = new float[states.Length];
        noises = new float[states.Length];
        (rewards, advantages, order) = (new float[rows], new float[rows], new int[rows]);
        ratioNames = [.. Enumerable.Range(1, steps).Select(step => string.Create(CultureInfo.InvariantCulture, $"ratio/mean-{step}"))];
        clipNames = [.. Enumerable.Range(1, steps).Select(step => string.Create(CultureInfo.InvariantCulture, $"clip/fraction-{step}"))];
        if (options.PretrainingUpdates > 0)
        {
            Pretrain((IExamples)environment, workers);
        }
    }

    /// <inheritdoc/>
    public override Policy Policy => policy;

    /// <inheritdoc/>
    public override EpisodeLog Episodes => episodes;

    internal static ComponentDefinition<Algorithm> Definition { get; } = Define(
        new ComponentInfo(
            "flow-grpo",
            Seam.Algorithms,
            "Group-relative policy optimization of the stochastic path of a flow.",
            "L = mean_i,t max(-A r, -A clip(r, 1-e, 1+e)),  log r = e·d/c² - |d|²/(2c²)",
            "Liu et al. 2025, Flow-GRPO: Training Flow Matching Models via Online RL, arXiv:2505.05470")
        {
            Mechanism =
                "A flow is turned into a stochastic differential equation with the same marginals, so that each of its steps is a normal distribution whose density is known. " +
                "Several samples of one condition are generated and judged, and each step of a sample is made likelier or less likely by how the sample compares with the others. " +
                "The ratio of densities lies below 1 on average, the more so the more dimensions there are, so that good samples are hardly ever clipped.",
        },
        FlowGrpoOptions.Schema);

    internal static ComponentDefinition<Algorithm> GuardDefinition { get; } = Define(
        new ComponentInfo(
            "grpo-guard",
            Seam.Algorithms,
            "Flow-GRPO with ratios that are centred and alike at all noise levels, and steps that count alike.",
            "L = mean_i,t max(-A r, -A clip(r, 1-e, 1+e)) / D_t,  log r = e·d/c",
            "Wang et al. 2025, GRPO-Guard: Mitigating Implicit Over-Optimization in Flow Matching via Regulated Clipping, arXiv:2510.22319")
        {
            Mechanism =
                "The ratio of densities of a step has a logarithm whose mean is -|d|²/(2c²) and whose spread depends on the noise c of the step, so the clip does not hold good samples " +
                "back and the proxy is over-optimized. RatioNorm takes the mean away and gives every step the same spread, which makes the clip act on both sides and at all noise " +
                "levels. Dividing the loss of a step by its size keeps single noise levels from dominating the gradient.",
        },
        FlowGrpoOptions.GuardedSchema);

    /// <summary>Advantages within groups: <c>(R - mean)/(std + 1e-6)</c> with the sample's standard deviation.</summary>
    /// <param name="rewards">[groups, samples].</param>
    /// <param name="samples">Samples of a group.</param>
    /// <param name="advantages">Receives [groups, samples].</param>
    public static void CompareGroups(ReadOnlySpan<float> rewards, int samples, Span<float> advantages)
    {
        for (int start = 0; start < rewards.Length; start += samples)
        {
            double mean = 0, square = 0;
            foreach (float reward in rewards.Slice(start, samples))
            {
                mean += reward / (double)samples;
            }

            foreach (float reward in rewards.Slice(start, samples))
            {
                square += (reward - mean) * (reward - mean);
            }

            double deviation = Math.Sqrt(square / Math.Max(1, samples - 1));
            for (int i = start; i < start + samples; i++)
            {
                advantages[i] = (float)((rewards[i] - mean) / (deviation + 1e-6));
            }
        }
    }

    /// <inheritdoc/>
    protected override long Iterate()
    {
        ulong seed = new RandomStream(Seed, RandomPurpose.Environment, Iterations).Bits(0);
        Generate(seed);
        Judge(seed);
        CompareGroups(rewards, options.Samples, advantages);
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            for (int row = 0; row < rows; row++)
            {
                order[row] = row;
            }

            new RandomStream(Seed, RandomPurpose.Minibatches, Iterations, epoch).Shuffle(order.AsSpan());
            for (int minibatch = 0; minibatch < options.Minibatches; minibatch++)
            {
                int from = (int)((long)rows * minibatch / options.Minibatches), to = (int)((long)rows * (minibatch + 1) / options.Minibatches);
                Update(order.AsSpan(from, to - from));
            }
        }

        return rows;
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        TransferParameters(state, policy.Parameters);
        TransferOptimizer(state, optimizer);
        episodes.Transfer(state);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            copies.Dispose();
            optimizer.Dispose();
            tape.Dispose();
            policy.Dispose();
        }
    }

    private static ComponentDefinition<Algorithm, FlowGrpoOptions> Define(ComponentInfo info, OptionSchema<FlowGrpoOptions> schema) => new(
        info,
        schema,
        options => new Algorithm(ActionKinds.Continuous, task => new FlowGrpo(task.Environment, options, task.Seed, task.Workers)) { Arithmetic = steps => Explain(options, steps) });

    private static string Explain(FlowGrpoOptions o, long steps) => string.Create(
        CultureInfo.InvariantCulture,
        $"{o.PretrainingUpdates} updates of flow matching; then {steps / (o.Groups * o.Samples)} iterations of {o.Groups} x {o.Samples} samples with {o.Epochs} x {o.Minibatches} optimizer steps over {o.Policy.Steps} steps of the path");

    /// <summary>Samples of every condition, a group after the other.</summary>
    private void Generate(ulong seed)
    {
        copies.Reset(seed, batch);
        int observationWidth = policy.Observations.Width;
        for (int row = 0; row < rows; row++)
        {
            batch.Observations.Slice(row / options.Samples * observationWidth, observationWidth).CopyTo(observations.AsSpan(row * observationWidth));
        }

        policy.Observations.EncodeRows(observations, conditions);
        policy.Explore(rows, observations, new FlowPolicy.ActionNoise(Seed, RandomPurpose.Sampling, Iterations), actions, (step, before, mean, after) =>
        {
            int at = step * rows * width;
            before.CopyTo(states.AsSpan(at));
            mean.CopyTo(means.AsSpan(at));
            for (int i = 0; i < mean.Length; i++)
            {
                noises[at + i] = after[i] - mean[i];
            }
        });
    }

    /// <summary>Rewards of all samples: every pass begins the same episodes and takes the next sample of each.</summary>
    private void Judge(ulong seed)
    {
        float[] ofCopies = new float[options.Groups * width];
        for (int sample = 0; sample < options.Samples; sample++)
        {
            for (int group = 0; group < options.Groups; group++)
            {
                actions.AsSpan(((group * options.Samples) + sample) * width, width).CopyTo(ofCopies.AsSpan(group * width));
            }

            copies.Reset(seed, batch);
            copies.Step(ofCopies, batch);
            episodes.Add(batch);
            for (int group = 0; group < options.Groups; group++)
            {
                rewards[(group * options.Samples) + sample] = batch.Rewards[group];
            }
        }

        Metrics.Add("reward/mean", rewards.Average());
    }

    /// <summary>An optimizer step on a minibatch: the gradients of all steps of the path are summed.</summary>
    private void Update(ReadOnlySpan<int> minibatch)
    {
        int steps = options.Policy.Steps;
        double loss = 0, share = 1.0 / (minibatch.Length * steps), ratios = 0, clipped = 0;
        optimizer.ClearGradients();
        for (int step = 0; step < steps; step++)
        {
            (double stepLoss, double stepRatio, double stepClipped) = Accumulate(minibatch, step, share);
            loss += stepLoss;
            ratios += stepRatio / steps;
            clipped += stepClipped / steps;
            Metrics.Add(ratioNames[step], stepRatio);
            Metrics.Add(clipNames[step], stepClipped);
        }

        double norm = double.IsFinite(options.MaximumGradientNorm) ? clipping.ByNorm(options.MaximumGradientNorm) : clipping.Norm();
        if (!double.IsFinite(norm))
        {
            throw new LearningException(nameof(FlowGrpo), Steps, "the norm of the gradient", norm);
        }

        optimizer.Step(options.LearningRate);
        Metrics.Add("loss/policy", loss);
        Metrics.Add("ratio/mean", ratios);
        Metrics.Add("clip/fraction", clipped);
        Metrics.Add("gradient/norm", norm);
    }

    /// <summary>Adds the gradient of one step of the path.</summary>
    /// <returns>Its share of the loss, the mean ratio and the share of clipped samples.</returns>
    private (double Loss, double Ratio, double Clipped) Accumulate(ReadOnlySpan<int> minibatch, int step, double share)
    {
        FlowSchedule schedule = policy.Schedule;
        (double ofState, double ofVelocity) = schedule.Mean(step);
        double deviation = schedule.Deviation(step), size = options.Reweight ? schedule.Size(step) : 1;
        tape.Reset();
        Tensor points = tape.Empty(new Shape(minibatch.Length, width)), condition = tape.Empty(new Shape(minibatch.Length, conditionWidth));
        double[] times = new double[minibatch.Length];
        Array.Fill(times, schedule.Time(step));
        for (int i = 0; i < minibatch.Length; i++)
        {
            Row(states, step, minibatch[i]).CopyTo(points.Data[(i * width)..]);
            conditions.AsSpan(minibatch[i] * conditionWidth, conditionWidth).CopyTo(condition.Data[(i * conditionWidth)..]);
        }

        Tensor velocity = policy.VelocityAt(points, times, condition);
        float[] gradient = new float[minibatch.Length * width], shift = new float[width];
        double loss = 0, ratios = 0, clipped = 0;
        for (int i = 0; i < minibatch.Length; i++)
        {
            ReadOnlySpan<float> old = Row(means, step, minibatch[i]), noise = Row(noises, step, minibatch[i]);
            for (int k = 0; k < width; k++)
            {
                // In single precision as when it was drawn: an unchanged policy has no shift at all.
                shift[k] = (float)((ofState * points.Data[(i * width) + k]) + (ofVelocity * velocity.Data[(i * width) + k])) - old[k];
            }

            double log = StepRatio.Log(options.Ratio, noise, shift, deviation, options.AverageDimensions);
            (double ofSample, double slope, bool isClipped) = StepRatio.Loss(log, advantages[minibatch[i]], options.Clip, size);
            StepRatio.AddGradient(
                options.Ratio, noise, shift, deviation, options.AverageDimensions, share * slope * ofVelocity, gradient.AsSpan(i * width, width));
            loss += share * ofSample;
            ratios += Math.Exp(Math.Clamp(log, -20, 20)) / minibatch.Length;
            clipped += isClipped ? 1.0 / minibatch.Length : 0;
        }

        tape.Seed(velocity, gradient);
        tape.Backward();
        return (loss, ratios, clipped);
    }

    private ReadOnlySpan<float> Row(float[] values, int step, int row) => values.AsSpan(((step * rows) + row) * width, width);

    /// <summary>Flow matching: the mean square of <c>v(x_t, t) - (e - x_0)</c> over examples x_0, noise e and times t.</summary>
    private void Pretrain(IExamples examples, Workers? workers)
    {
        int count = options.PretrainingBatch;
        using Adam adam = new(policy.Parameters, new AdamOptions { LearningRate = options.PretrainingLearningRate }, workers);
        float[] observation = new float[policy.Observations.Width], action = new float[width];
        double[] times = new double[count];
        for (int update = 0; update < options.PretrainingUpdates; update++)
        {
            tape.Reset();
            adam.ClearGradients();
            Tensor points = tape.Empty(new Shape(count, width)), wanted = tape.Empty(new Shape(count, width)), condition = tape.Empty(new Shape(count, conditionWidth));
            EpisodeRandom random = new(Seed, copy: -1, update);
            for (int row = 0; row < count; row++)
            {
                examples.DrawExample(ref random, observation, action);
                policy.Observations.EncodeRows(observation, condition.Data.Slice(row * conditionWidth, conditionWidth));
                times[row] = random.Uniform();
                for (int k = 0; k < width; k++)
                {
                    double noise = random.Normal();
                    points.Data[(row * width) + k] = (float)(((1 - times[row]) * action[k]) + (times[row] * noise));
                    wanted.Data[(row * width) + k] = (float)(noise - action[k]);
                }
            }

            tape.Backward(policy.VelocityAt(points, times, condition).MeanSquaredError(wanted));
            adam.Step(options.PretrainingLearningRate * 0.5 * (1 + Math.Cos(Math.PI * update / options.PretrainingUpdates)));
        }

        adam.ClearGradients();
    }
}
