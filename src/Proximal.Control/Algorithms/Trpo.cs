using System.Globalization;
using Proximal.Control.Distributions;
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
/// Trust region policy optimization (Schulman et al. 2015): maximize mean (rho A) subject to mean KL(pi_old || pi) &lt;= delta. The direction is
/// x = F⁻¹ g by conjugate gradients with the Fisher information F = mean (Jᵀ F_d J) + damping, where J is the Jacobian of the distributions'
/// parameters and F_d their information; the step sqrt(2 delta / xᵀFx) x shrinks until the surrogate improves and the divergence is within delta.
/// The critic learns by Adam.
/// </summary>
public sealed class Trpo : OnPolicyLearner
{
    private readonly TrpoOptions options;
    private readonly TrustRegion region;
    private readonly PolicyGradientLoss criticLoss;
    private readonly RolloutBatch minibatch;
    private readonly Adam optimizer;
    private readonly int[] order;

    /// <summary>Prepares learning.</summary>
    /// <param name="environment">What is to be controlled.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and minibatches.</param>
    /// <param name="workers">Threads; <see cref="Workers.Shared"/> when null.</param>
    /// <exception cref="ArgumentException">A setting or a space cannot be used; the message says which and why.</exception>
    public Trpo(IEnvironment environment, TrpoOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base(environment, options ??= new TrpoOptions(), seed, workers, options.Steps)
    {
        this.options = options;
        region = new TrustRegion(ActorCritic, options, Workers);
        criticLoss = new PolicyGradientLoss(ActorCritic.Distribution, valueCoefficient: 1, entropyCoefficient: 0);
        order = new int[Rollout.Count];
        int rows = Math.Min(options.CriticMinibatchRows, order.Length);
        minibatch = new RolloutBatch(ActorCritic, Rollout.MaskWidth, rows, rows);
        optimizer = new Adam(ActorCritic.CriticParameters, new AdamOptions { LearningRate = options.LearningRate }, Workers);
    }

    internal static ComponentDefinition<Algorithm> Definition { get; } = new ComponentDefinition<Algorithm, TrpoOptions>(
        new ComponentInfo(
            "trpo",
            Seam.Algorithms,
            "The natural gradient with a step as long as a bound on the divergence allows.",
            "max mean (rho A) subject to mean KL(pi_old || pi) <= delta; x = F^-1 g, step sqrt(2 delta / (x F x)) x",
            "Schulman et al. 2015, Trust Region Policy Optimization"),
        TrpoOptions.Schema,
        options => new Algorithm(ActionKinds.All, task => new Trpo(task.Environment, options, task.Seed, task.Workers)) { Arithmetic = steps => Explain(options, steps) });

    /// <inheritdoc/>
    protected override void Update()
    {
        if (options.NormalizeAdvantages)
        {
            Rollout.NormalizeAdvantages();
        }

        TrustRegionStep step = region.Improve(Rollout);
        CheckFinite(step.GradientNorm, "the norm of the gradient");
        Metrics.Add("policy/surrogate", step.Surrogate);
        Metrics.Add("policy/kl", step.KullbackLeibler);
        Metrics.Add("policy/entropy", step.Entropy);
        Metrics.Add("policy/line-search-steps", step.LineSearchSteps);
        Metrics.Add("gradient/norm", step.GradientNorm);
        FitCritic();
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
            region.Dispose();
            optimizer.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string Explain(TrpoOptions o, long steps)
    {
        long rows = (long)o.Environments * o.Steps;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(steps + rows - 1) / rows} iterations of {o.Environments} copies x {o.Steps} steps = {rows} transitions, each a step of the actor with {o.ConjugateGradientIterations} products with the Fisher information and {o.CriticEpochs} passes of the critic");
    }

    private void FitCritic()
    {
        double learningRate = LearningRate;
        for (int epoch = 0; epoch < options.CriticEpochs; epoch++)
        {
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            new RandomStream(Seed, RandomPurpose.Minibatches, Iterations, epoch).Shuffle(order.AsSpan());
            for (int start = 0; start < order.Length; start += minibatch.Capacity)
            {
                minibatch.Take(Rollout, order.AsSpan(start, Math.Min(minibatch.Capacity, order.Length - start)));
                optimizer.ClearGradients();
                ActorCritic.AccumulateCritic(minibatch, criticLoss);
                CheckFinite(criticLoss.ValueLoss, "the loss of values");
                optimizer.Step(learningRate);
                Metrics.Add("loss/value", criticLoss.ValueLoss);
            }
        }
    }
}
