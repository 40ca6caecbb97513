using Proximal.Control.Environments;
using Proximal.Control.Environments.Buildings;
using Proximal.Tensors.Random;

namespace Proximal.Control.Buildings;

/// <summary>
/// Model-predictive control by random shooting: of many random sequences of setpoints (heating 15..22, cooling 21..29) the first action of the one with the largest discounted reward under a
/// <see cref="ThermalModel"/>. Weather is expected to stay as it is, and people to come and go by the timetable. Outside occupied hours the rules of
/// <see cref="OccupancySchedule.Override"/> decide, in the plans too. It is slow and chooses differently every time: a teacher for a tree.
/// </summary>
public sealed class ShootingController
{
    private const int RandomCooling = Setpoints.CoolingCount - 1;

    private readonly ThermalModel model;
    private readonly ShootingOptions options;
    private readonly float[] rows;
    private readonly float[] temperatures;
    private readonly double[] returns;
    private readonly int[] firstActions;

    /// <summary>Creates a controller.</summary>
    /// <param name="model">A model of rows of <see cref="ThermalSeries.BaseWidth"/> numbers.</param>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">The model has other rows, or a setting is outside its range.</exception>
    public ShootingController(ThermalModel model, ShootingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.options = options ?? new ShootingOptions();
        this.options.Validate();
        if (model.Width != ThermalSeries.BaseWidth)
        {
            throw new ArgumentException($"The model takes rows of {model.Width} numbers, expected {ThermalSeries.BaseWidth}.", nameof(model));
        }

        this.model = model;
        int sequences = this.options.Sequences;
        (rows, temperatures, returns, firstActions) = (new float[sequences * ThermalSeries.BaseWidth], new float[sequences], new double[sequences], new int[sequences]);
    }

    /// <summary>Chooses an action.</summary>
    /// <param name="observation">An observation of <see cref="HvacZone"/>.</param>
    /// <param name="random">The numbers of this decision.</param>
    public int Choose(ReadOnlySpan<float> observation, RandomStream random)
    {
        double hour = observation[HvacZone.Hour];
        if (OccupancySchedule.Default.Override(hour) is { } overridden)
        {
            return overridden;
        }

        for (int i = 0; i < returns.Length; i++)
        {
            observation[..HvacZone.Hour].CopyTo(rows.AsSpan(i * ThermalSeries.BaseWidth));
        }

        Array.Clear(returns);
        double weight = 1;
        for (int step = 0; step < LastOccupied(hour); step++, weight *= options.Discount)
        {
            Simulate(observation, hour + (step * ThermalZone.StepSeconds / 3600), step, weight, random);
        }

        int best = 0;
        for (int i = 1; i < returns.Length; i++)
        {
            best = returns[i] > returns[best] ? i : best;
        }

        return firstActions[best];
    }

    /// <summary>The controller for an environment.</summary>
    /// <param name="seed">Seed of the random sequences.</param>
    public Controller ToController(ulong seed)
    {
        long decision = 0;
        return (batch, actions) =>
        {
            int width = batch.Observations.Length / batch.Count;
            for (int copy = 0; copy < batch.Count; copy++)
            {
                actions[copy] = Choose(batch.Observations.Slice(copy * width, width), new RandomStream(seed, RandomPurpose.Exploration, decision, copy));
            }

            decision++;
        };
    }

    /// <summary>Steps up to the last occupied one of the horizon: what comes after it is the same for all sequences.</summary>
    private int LastOccupied(double hour)
    {
        int last = options.Horizon;
        while (last > 1 && !OccupancySchedule.Default.IsOccupied(hour + ((last - 1) * ThermalZone.StepSeconds / 3600)))
        {
            last--;
        }

        return last;
    }

    private void Simulate(ReadOnlySpan<float> observation, double hour, int step, double weight, RandomStream random)
    {
        int? overridden = OccupancySchedule.Default.Override(hour);
        float people = overridden is not null ? 0 : observation[HvacZone.People] > 0 ? observation[HvacZone.People] : options.People;
        for (int i = 0; i < returns.Length; i++)
        {
            (uint first, uint second, _, _) = random.Block(((long)i * options.Horizon) + step);
            int action = overridden ?? Setpoints.Action(
                Setpoints.LeastHeating + (int)(((ulong)first * Setpoints.HeatingCount) >> 32), Setpoints.LeastCooling + (int)(((ulong)second * RandomCooling) >> 32));
            if (step == 0)
            {
                firstActions[i] = action;
            }

            Span<float> row = rows.AsSpan(i * ThermalSeries.BaseWidth, ThermalSeries.BaseWidth);
            row[HvacZone.People] = people;
            row[^2] = Setpoints.Heating(action);
            row[^1] = Setpoints.Cooling(action);
            returns[i] -= weight * Setpoints.Effort(action) * (overridden is null ? HvacReward.EffortWeight : 1);
        }

        model.Predict(rows, temperatures);
        for (int i = 0; i < returns.Length; i++)
        {
            rows[(i * ThermalSeries.BaseWidth) + ThermalSeries.ZoneColumn] = temperatures[i];
            returns[i] -= overridden is null ? weight * options.Comfort.Violation(temperatures[i]) : 0;
        }
    }
}
