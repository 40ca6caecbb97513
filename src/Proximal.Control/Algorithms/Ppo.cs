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
/// Proximal policy optimization (Schulman et al. 2017) with the details of CleanRL. A rollout of N x T steps with advantages A and returns R is
/// passed over several times in minibatches; with rho = exp(log pi - log pi_old) each minimizes
/// L = -mean min(rho A, clip(rho, 1 - e, 1 + e) A) + c_v mean max((V - R)², (V_old + clip(V - V_old, -e, e) - R)²) / 2 - c_e mean H
/// by a step of Adam on the clipped gradient. Discrete, multi-discrete, masked and continuous actions, with or without a memory.
/// </summary>
public sealed class Ppo : OnPolicyLearner
{
    private readonly PpoOptions options;
    private readonly PpoLoss loss;
    private readonly RolloutBatch minibatch;
    private readonly Adam optimizer;
    private readonly GradientClipping clipping;
    private readonly int[] order;
    private readonly bool hasMemory;

    /// <summary>Prepares learning.</summary>
    /// <param name="environment">What is to be controlled.</param>
    /// <param name="options">Settings; <see cref="PpoOptions.For"/> when null.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and minibatches.</param>
    /// <param name="workers">Threads; <see cref="Workers.Shared"/> when null.</param>
    /// <exception cref="ArgumentException">A setting or a space cannot be used; the message says which and why.</exception>
    public Ppo(IEnvironment environment, PpoOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base(environment, options ??= PpoOptions.For(environment.Specification), seed, workers, options.Steps)
    {
        this.options = options;
        hasMemory = ActorCritic.StateWidth > 0;
        order = new int[hasMemory ? Rollout.Copies : Rollout.Count];
        int most = (order.Length + options.Minibatches - 1) / options.Minibatches, rows = hasMemory ? most * Rollout.Steps : most;
        minibatch = new RolloutBatch(ActorCritic, Rollout.MaskWidth, rows, most);
        loss = new PpoLoss(ActorCritic.Distribution, options, rows);
        optimizer = new Adam(ActorCritic.NetworkParameters, new AdamOptions { LearningRate = options.LearningRate, Epsilon = options.AdamEpsilon }, Workers);
        clipping = new GradientClipping(ActorCritic.NetworkParameters, Workers);
    }

    /// <summary>With the defaults for discrete actions.</summary>
    internal static ComponentDefinition<Algorithm> Definition { get; } = Define("ppo", "Proximal policy optimization, with defaults for discrete actions.", new PpoOptions());

    /// <summary>With the defaults for actions in a box.</summary>
    internal static ComponentDefinition<Algorithm> ContinuousDefinition { get; } =
        Define("ppo-continuous", "Proximal policy optimization, with defaults for continuous actions.", PpoOptions.Continuous);

    /// <inheritdoc/>
    protected override void Update()
    {
        double learningRate = LearningRate;
        Metrics.Add("policy/learning-rate", learningRate);
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            Shuffle(epoch);
            for (int i = 0; i < options.Minibatches; i++)
            {
                Take(i);
                UpdateOnMinibatch(learningRate);
            }

            if (loss.KullbackLeibler > options.TargetKullbackLeibler)
            {
                break;
            }
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

    private static ComponentDefinition<Algorithm, PpoOptions> Define(string key, string summary, PpoOptions defaults) => new(
        new ComponentInfo(
            key,
            Seam.Algorithms,
            summary,
            "L = -mean min(rho A, clip(rho, 1 - e, 1 + e) A) + c_v mean max((V - R)^2, (V_old + clip(V - V_old, -e, e) - R)^2) / 2 - c_e mean H",
            "Schulman et al. 2017, Proximal Policy Optimization Algorithms; details of CleanRL"),
        PpoOptions.Schema(defaults),
        options => new Algorithm(ActionKinds.All, task => new Ppo(task.Environment, options, task.Seed, task.Workers)) { Arithmetic = steps => Explain(options, steps) });

    private static string Explain(PpoOptions o, long steps)
    {
        long rows = (long)o.Environments * o.Steps, iterations = (steps + rows - 1) / rows;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{iterations} iterations of {o.Environments} copies x {o.Steps} steps = {rows} transitions, each passed over {o.Epochs} times in {o.Minibatches} minibatches: {iterations * o.Epochs * o.Minibatches} optimizer steps");
    }

    private void UpdateOnMinibatch(double learningRate)
    {
        if (options.NormalizeAdvantages)
        {
            minibatch.NormalizeAdvantages();
        }

        optimizer.ClearGradients();
        ActorCritic.Accumulate(minibatch, loss);
        double norm = clipping.ByNorm(options.MaximumGradientNorm);
        CheckFinite(norm, "the norm of the gradient");
        optimizer.Step(learningRate);

        Metrics.Add("loss/policy", loss.PolicyLoss);
        Metrics.Add("loss/value", loss.ValueLoss);
        Metrics.Add("policy/entropy", loss.Entropy);
        Metrics.Add("policy/kl", loss.KullbackLeibler);
        Metrics.Add("policy/kl-of-log-ratios", loss.KullbackLeiblerOfLogRatios);
        Metrics.Add("policy/clip-fraction", loss.ClipFraction);
        Metrics.Add("gradient/norm", norm);
    }

    private void Shuffle(int epoch)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        new RandomStream(Seed, RandomPurpose.Minibatches, Iterations, epoch).Shuffle(order.AsSpan());
    }

    private void Take(int index)
    {
        int start = (int)((long)index * order.Length / options.Minibatches), end = (int)((index + 1L) * order.Length / options.Minibatches);
        ReadOnlySpan<int> chosen = order.AsSpan(start, end - start);
        if (hasMemory)
        {
            minibatch.TakeSequences(Rollout, chosen);
        }
        else
        {
            minibatch.Take(Rollout, chosen);
        }
    }
}
