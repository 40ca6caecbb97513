using System.Text.Json;
using Proximal.Control.Buildings;
using Proximal.Control.Environments.Buildings;
using Proximal.Control.Spaces;
using Proximal.Models.Files;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Policies;

/// <summary>
/// Random shooting on a learned thermal model as a policy of <see cref="HvacZone"/>, see <see cref="ShootingController"/>. Sampling draws other sequences for every decision; without it all
/// decisions compare the same ones, and the policy is a function of the observation.
/// </summary>
public sealed class ShootingPolicy : Policy
{
    internal const string KindName = "random-shooting";

    private readonly ShootingOptions options;
    private readonly ThermalModelOptions settings;
    private readonly ShootingController controller;

    /// <summary>Creates a policy whose model has learned nothing.</summary>
    /// <param name="observations">Observations of <see cref="HvacZone"/>.</param>
    /// <param name="actions">Its actions.</param>
    /// <param name="options">Horizon and sequences.</param>
    /// <param name="model">Layers of the model.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The spaces are others, or a setting is outside its range.</exception>
    public ShootingPolicy(Space observations, Space actions, ShootingOptions options, ThermalModelOptions model, Workers? workers = null)
        : base(observations, actions)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(model);
        if (observations is not BoxSpace { Width: HvacZone.ObservationWidth } || actions is not DiscreteSpace { Count: Setpoints.Count })
        {
            throw new ArgumentException($"A shooting policy takes the observations and actions of a zone, not {observations} and {actions}.", nameof(observations));
        }

        (this.options, settings) = (options, model);
        Model = new ThermalModel(ThermalSeries.BaseWidth, model, workers);
        controller = new ShootingController(Model, options);
    }

    /// <summary>What plans are judged by.</summary>
    public ThermalModel Model { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Model.Parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        for (int row = 0; row < input.Count; row++)
        {
            RandomStream random = choice.Deterministic ? new(0, RandomPurpose.Exploration) : new(choice.Seed, RandomPurpose.Exploration, choice.Step, row);
            actions[row] = controller.Choose(input.Observations.Slice(row * HvacZone.ObservationWidth, HvacZone.ObservationWidth), random);
        }
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumber("horizon", options.Horizon);
        writer.WriteNumber("sequences", options.Sequences);
        writer.WriteNumber("discount", options.Discount);
        writer.WriteNumber("comfort-low", options.Comfort.Low);
        writer.WriteNumber("comfort-high", options.Comfort.High);
        writer.WriteNumber("people", options.People);
        NetworkSettingsJson.Write(writer, "network", new NetworkSettings { Hidden = settings.Hidden, Activation = settings.Activation, Orthogonal = false });
    }

    internal static ShootingPolicy Read(Space observations, Space actions, JsonFields fields)
    {
        NetworkSettings network = NetworkSettingsJson.Read(fields, "network");
        double Number(string key, double low, double high) => fields.NumberOrNull(key, low, high) ?? throw fields.Missing(key);
        ShootingOptions options = new()
        {
            Horizon = fields.Integer("horizon", 1, ShootingOptions.LongestHorizon),
            Sequences = fields.Integer("sequences", 1, ShootingOptions.MostSequences),
            Discount = Number("discount", 1e-9, 1),
            Comfort = new ComfortZone(Number("comfort-low", -50, 100), Number("comfort-high", -50, 100)),
            People = fields.Integer("people", 0, 1000),
        };
        return new ShootingPolicy(observations, actions, options, new ThermalModelOptions { Hidden = network.Hidden, Activation = network.Activation });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Model.Dispose();
        }

        base.Dispose(disposing);
    }
}
