using Proximal.Control.Buildings;
using Proximal.Control.Environments;
using Proximal.Control.Environments.Buildings;
using Proximal.Control.Evaluation;

namespace Proximal.Control.Tests.Environments.Buildings;

public sealed class HvacZoneTests
{
    private static readonly WeatherSeries Freezing = new([.. Enumerable.Repeat(new WeatherSample(0, 50, 0, 0), 96)]);

    [Theory]
    [InlineData(ClimateKind.Pittsburgh, Season.Winter)]
    [InlineData(ClimateKind.Tucson, Season.Summer)]
    [InlineData(ClimateKind.Tucson, Season.Year)]
    public void Keeps_the_contract_of_environments(ClimateKind climate, Season season) =>
        EnvironmentContract.AssertKept(new HvacZone(new() { Climate = climate, Season = season, Days = 2 }));

    [Fact]
    public void An_idling_night_falls_to_the_setback_which_costs_what_the_walls_lose()
    {
        HvacZone environment = new(new() { Days = 1 }, null, Freezing);
        float[] observation = new float[7], metrics = new float[3];
        environment.Reset(1, observation);
        double before = environment.Temperature;
        Assert.Equal([0, 50, 0, 0, 0, (float)before, 0], observation);
        StepOutcome outcome = environment.Step([Setpoints.Idle], observation);
        Assert.Equal(before * Math.Exp(-0.039), environment.Temperature, 10);
        Assert.Equal((0, 0.25f), (outcome.Reward, observation[6]));
        for (int step = 1; step < 32; step++)
        {
            environment.Step([Setpoints.Idle], observation);
        }

        Assert.Equal((8, 8), (observation[6], observation[4]));
        Assert.Equal(15, environment.Temperature, 9);
        Assert.Equal(15 * 130, environment.Power, 6);
        outcome = environment.Step([Setpoints.Idle], observation);
        Assert.Equal(-5, outcome.Reward, 9);
        environment.WriteMetrics(metrics);
        Assert.Equal((15, 5 * 0.25f), (metrics[1], metrics[2]));
    }

    [Fact]
    public void Episodes_last_their_days_and_begin_in_their_season()
    {
        HvacZone environment = new(new() { Days = 2, Season = Season.Summer, Climate = ClimateKind.Tucson });
        float[] observation = new float[7];
        double outdoor = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            environment.Reset(seed, observation);
            Assert.Equal(ComfortZone.Summer, environment.Comfort);
            StepOutcome outcome;
            do
            {
                outcome = environment.Step([Setpoints.Idle], observation);
                outdoor += observation[0] / (20 * 192);
            }
            while (!outcome.Truncated);

            Assert.Equal(192, environment.Steps);
        }

        Assert.InRange(outdoor, 27, 34);
    }

    [Fact]
    public void The_rule_thermostat_is_comfortable_and_idling_is_not()
    {
        HvacZone environment = new(new() { Days = 7 });
        double[] comfortable = Measure(RuleThermostat.ToController(ComfortZone.Winter)), idle = Measure((_, actions) => actions.Fill(Setpoints.Idle));
        Assert.InRange(comfortable[1], 0, 7 * 60);
        Assert.True(idle[1] > 7 * 300);
        Assert.True(comfortable[0] > idle[0]);

        double[] Measure(Controller controller)
        {
            double[] sums = new double[3];
            PolicyEvaluator.Returns(controller, environment, 4, 5, (_, _, metrics) => sums = [.. sums.Zip(metrics, (sum, metric) => sum + (metric / 4))]);
            return sums;
        }
    }

    [Fact]
    public void Synthetic_weather_has_the_means_and_the_sun_of_its_climate()
    {
        foreach ((Climate climate, double mean, double sun) in ((Climate, double, double)[])[(Climate.Pittsburgh, 11, 120), (Climate.Tucson, 21.5, 280)])
        {
            EpisodeRandom random = new(3);
            SyntheticWeather weather = default;
            weather.Begin(ref random);
            WeatherSample[] year = new WeatherSample[SyntheticWeather.StepsPerYear];
            for (int quarter = 0; quarter < year.Length; quarter++)
            {
                year[quarter] = weather.Read(climate, quarter);
                weather.Advance(ref random);
            }

            Assert.InRange(year.Average(sample => sample.Outdoor), mean - 1, mean + 1);
            Assert.InRange(year.Average(sample => sample.Humidity), climate.MeanHumidity - 4, climate.MeanHumidity + 4);
            Assert.InRange(year.Average(sample => sample.Wind), climate.MeanWind - 0.5, climate.MeanWind + 0.5);
            Assert.InRange(year.Average(sample => sample.Solar), sun - 50, sun + 50);
            Assert.InRange(year.Take(96 * 31).Average(sample => sample.Outdoor), climate.MeanTemperature - climate.YearlySwing - 3, climate.MeanTemperature - climate.YearlySwing + 3);
        }

        Assert.Equal(0, SyntheticWeather.DirectRadiation(40, 10, 2));
        Assert.True(SyntheticWeather.DirectRadiation(40, 172, 12) > SyntheticWeather.DirectRadiation(40, 355, 12));
    }

    [Fact]
    public void Weather_comes_from_a_table_too()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("weather.csv");
        File.WriteAllLines(path, ["day,wind,outdoor-temperature,solar,humidity", .. Enumerable.Range(0, 96).Select(i => $"1,2,{i / 10.0},{i},40")]);
        HvacZone environment = new(new() { WeatherFile = path, Days = 1 });
        float[] observation = new float[7];
        environment.Reset(1, observation);
        environment.Step([0], observation);
        Assert.Equal([0.1f, 40, 2, 1], observation[..4]);

        File.AppendAllText(path, "1,2,x,3,40\n");
        Assert.Equal(
            $"'weather-file' is '{path}': {path}, line 98: outdoor-temperature is 'x', expected a number from -60 to 80.",
            Assert.Throws<ArgumentException>(() => new HvacZone(new() { WeatherFile = path })).Message);
        File.WriteAllText(path, "a,b\n1,2\n");
        Assert.Contains("the column 'outdoor-temperature' is missing", Assert.Throws<ArgumentException>(() => new HvacZone(new() { WeatherFile = path })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new HvacZone(new() { WeatherFile = folder.File("none.csv") }));
        Assert.Throws<ArgumentException>(() => new HvacZone(new() { Days = 0 }));
    }
}
