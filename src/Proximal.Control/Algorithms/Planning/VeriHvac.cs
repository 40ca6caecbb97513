using System.Globalization;
using System.Runtime.InteropServices;
using Proximal.Control.Buildings;
using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Environments.Buildings;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Recipes;
using Proximal.Control.State;
using Proximal.Recipes;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms.Planning;

/// <summary>
/// The teacher of Veri-HVAC (An et al. 2024): collects history of a building under its rule thermostat with random setpoints among them, learns a thermal model from it, and plans by random
/// shooting on the model. The policy is slow and draws random plans; <c>proximal extract</c> makes a decision tree of its most frequent actions and
/// <c>proximal verify</c> checks and corrects the tree.
/// </summary>
public sealed class VeriHvac : Learner
{
    private const int MostRows = 20_000_000;

    private readonly IEnvironment environment;
    private readonly VeriHvacOptions options;
    private readonly Workers workers;
    private readonly ShootingPolicy policy;
    private readonly List<float> rows = [];
    private readonly List<float> next = [];

    /// <summary>Creates a learner.</summary>
    /// <param name="environment">A zone, see <see cref="HvacZone"/>.</param>
    /// <param name="options">Settings.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The environment is no zone, or a setting is outside its range.</exception>
    public VeriHvac(IEnvironment environment, VeriHvacOptions options, Workers workers)
        : base(Checked(options).Seed)
    {
        HvacZone.Require(environment);
        (this.environment, this.options, this.workers) = (environment, options, workers);
        policy = new ShootingPolicy(environment.Specification.Observations, environment.Specification.Actions, options.Shooting, options.Model with { Seed = options.Seed }, workers);
    }

    /// <inheritdoc/>
    public override Policy Policy => policy;

    /// <summary>What recipes name.</summary>
    internal static ComponentDefinition<Algorithm, VeriHvacOptions> Definition { get; } = new(
        new ComponentInfo(
            "veri-hvac",
            Seam.Algorithms,
            "Learns a thermal model of a building from its history and plans setpoints by random shooting, as a teacher for a verified tree.",
            "T' = T + f(x, T, setpoints), L = mean (T' - T'_seen)^2;  a = first action of argmax over random plans of sum gamma^k r_k",
            "An et al. 2024, \"Go Beyond Black-box Policies: Rethinking the Design of Learning Agent for Interpretable and Verifiable HVAC Control\"")
        {
            Mechanism = "A network learns from the history of a building how its temperature changes in a quarter-hour. Of many random sequences of setpoints the first step of the best one "
                + "under the network is taken. The planner is slow and never decides twice alike; asked thirty times near the states of the history, its most frequent answers make a "
                + "decision tree, whose leaves are boxes that can be verified one by one and corrected where they break a rule of comfort.",
        },
        VeriHvacOptions.Schema,
        options => new Algorithm(ActionKinds.Discrete, task => new VeriHvac(task.Environment, options with { Seed = task.Seed }, task.Workers))
        {
            Arithmetic = steps => string.Create(
                CultureInfo.InvariantCulture,
                $"{steps:N0} quarter-hours of history are collected, then the model learns from them in {options.Model.Epochs:N0} passes. A decision compares {options.Shooting.Sequences:N0} random plans of {options.Shooting.Horizon:N0} steps."),
        });

    /// <inheritdoc/>
    protected override long Iterate()
    {
        int count = (int)Math.Min(Target - Steps, MostRows - next.Count);
        if (count < 1)
        {
            throw new LearningException(nameof(VeriHvac), Iterations, "rows of history", next.Count);
        }

        // History that goes on has other days and other random setpoints.
        ulong part = Seed ^ ((ulong)Iterations << 40);
        Controller behaviour = Controllers.Mixture(
            RuleThermostat.ToController(options.Shooting.Comfort), Controllers.Random(environment.Specification, part), options.Exploration, part + 1);
        ThermalSeries history = ThermalSeries.Collect(environment, behaviour, count, part);
        rows.AddRange(history.Rows);
        next.AddRange(history.Next);
        double error = policy.Model.Learn(CollectionsMarshal.AsSpan(rows), CollectionsMarshal.AsSpan(next), null, options.Model with { Seed = part }, workers);
        if (!double.IsFinite(error))
        {
            throw new LearningException(nameof(VeriHvac), Iterations, "error of the model", error);
        }

        Metrics.Add("model/error", error);
        return count;
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Parameters(policy.Parameters);
        state.List(rows, MostRows * ThermalSeries.BaseWidth);
        state.List(next, MostRows);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            policy.Dispose();
        }
    }

    private static VeriHvacOptions Checked(VeriHvacOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return VeriHvacOptions.Schema.FindFault(options) is { } fault ? throw new ArgumentException($"veri-hvac: {fault}.", nameof(options)) : options;
    }
}
