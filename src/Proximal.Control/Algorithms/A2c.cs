using System.Globalization;
using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Recipes;
using Proximal.Control.State;
using Proximal.Recipes;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.Algorithms;

/// <summary>
/// Advantage actor-critic (Mnih et al. 2016, its synchronous form): one step of RMSprop on
/// L = -mean (A log pi(a|s)) + c_v mean (V - R)² / 2 - c_e mean H for every T steps of N copies, with A = R - V and n-step returns R.
/// </summary>
public sealed class A2c : OnPolicyLearner
{
    private readonly A2cOptions options;
    private readonly PolicyGradientLoss loss;
    private readonly RmsProp optimizer;
    private readonly GradientClipping clipping;

    /// <summary>Prepares learning.</summary>
    /// <param name="environment">What is to be controlled.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seed">Seed of first weights, episodes and actions.</param>
    /// <param name="workers">Threads; <see cref="Workers.Shared"/> when null.</param>
    /// <exception cref="ArgumentException">A setting or a space cannot be used; the message says which and why.</exception>
    public A2c(IEnvironment environment, A2cOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base(environment, options ??= new A2cOptions(), seed, workers, options.Steps)
    {
        this.options = options;
        loss = new PolicyGradientLoss(ActorCritic.Distribution, options.ValueCoefficient, options.EntropyCoefficient);
        RmsPropOptions settings = new() { LearningRate = options.LearningRate, Decay = options.RmsPropDecay, Epsilon = options.RmsPropEpsilon };
        optimizer = new RmsProp(ActorCritic.NetworkParameters, settings, Workers);
        clipping = new GradientClipping(ActorCritic.NetworkParameters, Workers);
    }

    internal static ComponentDefinition<Algorithm> Definition { get; } = new ComponentDefinition<Algorithm, A2cOptions>(
        new ComponentInfo(
            "a2c",
            Seam.Algorithms,
            "Advantage actor-critic: a step for every few steps of many copies.",
            "L = -mean (A log pi) + c_v mean (V - R)^2 / 2 - c_e mean H",
            "Mnih et al. 2016, Asynchronous Methods for Deep Reinforcement Learning"),
        A2cOptions.Schema,
        options => new Algorithm(ActionKinds.All, task => new A2c(task.Environment, options, task.Seed, task.Workers)) { Arithmetic = steps => Explain(options, steps) });

    /// <inheritdoc/>
    protected override void Update()
    {
        if (options.NormalizeAdvantages)
        {
            Rollout.NormalizeAdvantages();
        }

        optimizer.ClearGradients();
        ActorCritic.Accumulate(Rollout, loss);
        double norm = clipping.ByNorm(options.MaximumGradientNorm);
        CheckFinite(norm, "the norm of the gradient");
        optimizer.Step(LearningRate);

        Metrics.Add("loss/policy", loss.PolicyLoss);
        Metrics.Add("loss/value", loss.ValueLoss);
        Metrics.Add("policy/entropy", loss.Entropy);
        Metrics.Add("policy/learning-rate", LearningRate);
        Metrics.Add("gradient/norm", norm);
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

    private static string Explain(A2cOptions o, long steps)
    {
        long rows = (long)o.Environments * o.Steps;
        return string.Create(CultureInfo.InvariantCulture, $"{(steps + rows - 1) / rows} optimizer steps, each on {o.Environments} copies x {o.Steps} steps = {rows} transitions");
    }
}
