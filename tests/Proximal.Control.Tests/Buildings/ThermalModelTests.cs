using Proximal.Control.Buildings;
using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Environments.Buildings;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Buildings;

public sealed class ThermalModelTests
{
    private static readonly Lazy<(ThermalSeries Series, ThermalModel Model)> Learned = new(() =>
    {
        HvacZone zone = new();
        ThermalSeries series = ThermalSeries.Collect(
            zone, Controllers.Mixture(RuleThermostat.ToController(ComfortZone.Winter), Controllers.Random(zone.Specification, 1), 0.5, 2), 35 * 96, 3);
        (int[] training, _) = TimeBlocks.Split(series.Count);
        return (series, ThermalModel.Fit(series.Rows, series.Next, training, new() { Hidden = [48, 48], Epochs = 30, Batch = 64, LearningRate = 3e-3 }));
    });

    [Fact]
    public void Learns_the_simulated_zone_from_four_weeks()
    {
        (ThermalSeries series, ThermalModel model) = Learned.Value;
        (_, int[] heldOut) = TimeBlocks.Split(series.Count);
        Assert.Equal(672, heldOut.Length);
        double error = model.RootMeanSquaredError(series.Rows, series.Next, heldOut), same = ThermalModel.PersistenceError(series.Rows, series.Next, heldOut);
        Assert.True(error < 0.2 && error < same / 5, $"{error} against {same}");
    }

    [SharedDataFact("data/hvac/X_pittsburgh.csv")]
    public void Predicts_held_out_weeks_of_Pittsburgh_within_a_fifth_of_a_degree() => AssertPredicts("pittsburgh");

    [SharedDataFact("data/hvac/X_tucson.csv")]
    public void Predicts_held_out_weeks_of_Tucson_within_a_fifth_of_a_degree() => AssertPredicts("tucson");

    [Fact]
    public void The_same_seed_gives_the_same_model()
    {
        (ThermalSeries series, _) = Learned.Value;
        ThermalModelOptions options = new() { Hidden = [8], Epochs = 1 };
        using ThermalModel first = ThermalModel.Fit(series.Rows, series.Next, options: options), second = ThermalModel.Fit(series.Rows, series.Next, options: options);
        using ThermalModel other = ThermalModel.Fit(series.Rows, series.Next, options: options with { Seed = 2 });
        float[] a = new float[series.Count], b = new float[series.Count], c = new float[series.Count];
        first.Predict(series.Rows, a);
        second.Predict(series.Rows, b);
        other.Predict(series.Rows, c);
        Assert.Equal(a, b);
        Assert.NotEqual(a, c);
        float[] alone = new float[1];
        first.Predict(series.Rows.Slice(77 * 8, 8), alone);
        Assert.Equal(a[77], alone[0]);
    }

    [Fact]
    public void Weeks_are_held_out_whole()
    {
        (int[] training, int[] heldOut) = TimeBlocks.Split(25, block: 2, every: 3);
        Assert.Equal([4, 5, 10, 11, 16, 17, 22, 23], heldOut);
        Assert.Equal(Enumerable.Range(0, 25), training.Concat(heldOut).Order());
    }

    [Fact]
    public void Context_is_the_last_change_and_the_hour()
    {
        float[] rows = new float[200 * 8], next = new float[200];
        for (int i = 0; i < 200; i++)
        {
            rows[(i * 8) + 5] = i * i;
        }

        float[] wide = new ThermalSeries(rows, next).WithContext();
        Assert.Equal(0, wide[8]);
        Assert.Equal(9, wide[(5 * 15) + 8]);
        Assert.Equal([1, 0, 0, -1, 0, 1], wide.AsSpan((120 * 15) + 9, 6).ToArray().Select(value => MathF.Round(value, 5) + 0));
    }

    [Fact]
    public void Tables_without_next_temperatures_take_those_of_the_following_rows()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("rows.csv"), next = folder.File("next.csv");
        File.WriteAllText(path, "outdoor-temperature,humidity,wind,solar,people,zone-temperature,heating,cooling\n1,2,3,4,5,20,15,30\n1,2,3,4,5,21,15,30\n1,2,3,4,5,22,15,30\n");
        Assert.Equal([21, 22], ThermalSeries.Load(path).Next.ToArray());
        File.WriteAllText(next, "zone-temperature\n7\n8\n9\n");
        Assert.Equal([7, 8, 9], ThermalSeries.Load(path, next).Next.ToArray());
        File.WriteAllText(next, "zone-temperature\n7\n8\n");
        Assert.Throws<InvalidDataException>(() => ThermalSeries.Load(path, next));
    }

    [Fact]
    public void Shooting_heats_a_cold_room_cools_a_warm_one_and_follows_the_rules_outside_hours()
    {
        ShootingController controller = new(Learned.Value.Model, new() { Sequences = 300, Horizon = 2 });
        int cold = controller.Choose([0, 60, 3, 0, 8, 18, 10], new RandomStream(1, RandomPurpose.Exploration));
        Assert.True(Setpoints.Heating(cold) >= 20, Setpoints.Names[cold]);
        int warm = controller.Choose([20, 40, 3, 500, 8, 25, 14], new RandomStream(1, RandomPurpose.Exploration));
        Assert.True(Setpoints.Cooling(warm) <= 24, Setpoints.Names[warm]);
        Assert.Equal(cold, controller.Choose([0, 60, 3, 0, 8, 18, 10], new RandomStream(1, RandomPurpose.Exploration)));
        Assert.Equal(Setpoints.Idle, controller.Choose([0, 60, 3, 0, 0, 18, 3], new RandomStream(1, RandomPurpose.Exploration)));
        Assert.Equal(Setpoints.Action(22, 22), controller.Choose([0, 60, 3, 0, 0, 18, 7.5f], new RandomStream(1, RandomPurpose.Exploration)));
    }

    [Fact]
    public void More_sequences_find_no_worse_plans()
    {
        float[] observation = [-5, 60, 3, 0, 8, 18, 9];
        HashSet<int> few = [], many = [];
        ShootingController rough = new(Learned.Value.Model, new() { Sequences = 2, Horizon = 4 }), fine = new(Learned.Value.Model, new() { Sequences = 400, Horizon = 4 });
        for (int run = 0; run < 20; run++)
        {
            few.Add(Setpoints.Heating(rough.Choose(observation, new RandomStream(2, RandomPurpose.Exploration, run))));
            many.Add(Setpoints.Heating(fine.Choose(observation, new RandomStream(2, RandomPurpose.Exploration, run))));
        }

        Assert.True(few.Min() < many.Min());
    }

    private static void AssertPredicts(string city)
    {
        ThermalSeries series = ThermalSeries.Load(SharedData.PathOf($"data/hvac/X_{city}.csv"), SharedData.PathOf($"data/hvac/Y_{city}.csv"));
        Assert.Equal(35_040, series.Count);
        (int[] training, int[] heldOut) = TimeBlocks.Split(series.Count);
        float[] rows = series.WithContext();
        using ThermalModel model = ThermalModel.Fit(rows, series.Next, training, new() { Hidden = [100, 100], Epochs = 10, Batch = 128, LearningRate = 3e-3 });
        double error = model.RootMeanSquaredError(rows, series.Next, heldOut);
        Assert.True(error < 0.2, $"{error}");
    }
}
