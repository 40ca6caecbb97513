using System.Globalization;
using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Recipes;
using Proximal.Control.State;
using Proximal.Recipes;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Control.Algorithms;

/// <summary>
/// REINFORCE (Williams 1992): a step of Adam on L = -mean ((G_t - b(s_t)) log pi(a_t|s_t)) over whole episodes, with discounted returns G_t and
/// the learned value as baseline b, or none. Every copy plays one episode an iteration, so that long episodes count as often as short ones.
/// </summary>
public sealed class Reinforce : OnPolicyLearner
{
    private readonly ReinforceOptions options;
    private readonly PolicyGradientLoss loss;
    private readonly RolloutBatch episodes;
    private readonly Adam optimizer;
    private readonly GradientClipping clipping;
    private readonly bool[] over;
    private readonly int[] rows;
    private readonly int limit;

    /// <summary>Prepares learning.</summary>
    /// <param name="environment">What is to be controlled.</param>
    /// <param name="options">Settings; <see cref="OnPolicyOptions.Steps"/> bounds the episodes of an environment without a limit.</param>
    /// <param name="seed">Seed of first weights, episodes and actions.</param>
    /// <param name="workers">Threads; <see cref="Workers.Shared"/> when null.</param>
    /// <exception cref="ArgumentException">A setting or a space cannot be used; the message says which and why.</exception>
    public Reinforce(IEnvironment environment, ReinforceOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base(environment, Settled(options ?? new ReinforceOptions()), seed, workers, Limit(environment, options ??= new ReinforceOptions()))
    {
        this.options = options;
        limit = Limit(environment, options);
        over = new bool[options.Environments];
        rows = new int[Rollout.Capacity];
        episodes = new RolloutBatch(ActorCritic, Rollout.MaskWidth, Rollout.Capacity, Rollout.Capacity);
        loss = new PolicyGradientLoss(ActorCritic.Distribution, options.Baseline ? options.ValueCoefficient : 0, options.EntropyCoefficient);
        IReadOnlyList<Parameter> learned = options.Baseline ? ActorCritic.NetworkParameters : ActorCritic.ActorParameters;
        optimizer = new Adam(learned, new AdamOptions { LearningRate = options.LearningRate }, Workers);
        clipping = new GradientClipping(learned, Workers);
    }

    internal static ComponentDefinition<Algorithm> Definition { get; } = new ComponentDefinition<Algorithm, ReinforceOptions>(
        new ComponentInfo(
            "reinforce",
            Seam.Algorithms,
            "The likelihood-ratio gradient of whole episodes, with the value of the state as baseline or without one.",
            "L = -mean ((G_t - b(s_t)) log pi(a_t|s_t))",
            "Williams 1992, Simple Statistical Gradient-Following Algorithms for Connectionist Reinforcement Learning"),
        ReinforceOptions.Schema,
        options => new Algorithm(ActionKinds.All, task => new Reinforce(task.Environment, options, task.Seed, task.Workers)) { Arithmetic = steps => Explain(options, steps) });

    /// <inheritdoc/>
    protected override long Iterate()
    {
        PlayEpisodes();
        EstimateAdvantages();
        TakeEpisodes();
        Update();
        if (options.Baseline)
        {
            Metrics.Add("value/explained-variance", AdvantageEstimation.ExplainedVariance(episodes.Values, episodes.Returns));
        }

        return Rollout.Count;
    }

    /// <inheritdoc/>
    protected override void Update()
    {
        if (options.NormalizeAdvantages)
        {
            episodes.NormalizeAdvantages();
        }

        optimizer.ClearGradients();
        if (options.Baseline)
        {
            ActorCritic.Accumulate(episodes, loss);
        }
        else
        {
            ActorCritic.AccumulateActor(episodes, loss);
        }

        double norm = double.IsFinite(options.MaximumGradientNorm) ? clipping.ByNorm(options.MaximumGradientNorm) : clipping.Norm();
        CheckFinite(norm, "the norm of the gradient");
        optimizer.Step(LearningRate);

        Metrics.Add("loss/policy", loss.PolicyLoss);
        Metrics.Add("policy/entropy", loss.Entropy);
        Metrics.Add("policy/learning-rate", LearningRate);
        Metrics.Add("gradient/norm", norm);
        if (options.Baseline)
        {
            Metrics.Add("loss/value", loss.ValueLoss);
        }
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        TransferOptimizer(state, optimizer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            optimizer.Dispose();
        }

        base.Dispose(disposing);
    }

    // Without a baseline there is no value to bootstrap from.
    private static ReinforceOptions Settled(ReinforceOptions options) => options with
    {
        GaeLambda = 1,
        BootstrapOnTruncation = options.BootstrapOnTruncation && options.Baseline,
    };

    private static int Limit(IEnvironment environment, ReinforceOptions options)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.Specification.MaximumSteps is > 0 and int limit ? limit : options.Steps;
    }

    private static string Explain(ReinforceOptions o, long steps) => string.Create(
        CultureInfo.InvariantCulture, $"an optimizer step for every {o.Environments} episodes, one of each copy; all copies step until the longest has ended");

    private void PlayEpisodes()
    {
        Rollout.SetSteps(limit);
        over.AsSpan().Clear();
        Collector.Reset(new RandomStream(Seed, RandomPurpose.Environment, Iterations).Bits(0));
        Collector.Begin(Rollout);
        int step = 0;
        while (step < limit && over.AsSpan().Contains(false))
        {
            Collector.Step(Rollout, step);
            for (int copy = 0; copy < over.Length; copy++)
            {
                over[copy] |= Rollout.Ended[(step * over.Length) + copy];
            }

            step++;
        }

        Rollout.SetSteps(step);
        Collector.Finish(Rollout);
        if (!options.Baseline)
        {
            Rollout.Values.Clear();
            Rollout.LastValues.Clear();
        }
    }

    /// <summary>Takes the steps of the first episode of every copy.</summary>
    private void TakeEpisodes()
    {
        int copies = over.Length, count = 0;
        over.AsSpan().Clear();
        for (int row = 0; row < Rollout.Count; row++)
        {
            int copy = row % copies;
            if (!over[copy])
            {
                rows[count++] = row;
                over[copy] = Rollout.Ended[row];
            }
        }

        episodes.Take(Rollout, rows.AsSpan(0, count));
    }
}
