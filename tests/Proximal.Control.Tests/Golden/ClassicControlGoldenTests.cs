using System.Text.Json;
using Proximal.Control.Environments;
using Proximal.Control.Environments.ClassicControl;

namespace Proximal.Control.Tests.Golden;

public sealed class ClassicControlGoldenTests
{
    public static TheoryData<string, string> Cases { get; } = Select();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Observations_rewards_and_terminations_equal_gymnasium(string path, string name)
    {
        int compared = 0;
        foreach (JsonElement trajectory in GymnasiumFile.Read(path, name).EnumerateArray())
        {
            SingleEnvironment environment = Create(name)!;
            EnvironmentState.Set(environment, Numbers(trajectory.GetProperty("initial_state")));
            float[] observation = new float[environment.Specification.Observations.Width];
            foreach (JsonElement step in trajectory.GetProperty("steps").EnumerateArray())
            {
                JsonElement action = step.GetProperty("action");
                float[] taken = [action.ValueKind == JsonValueKind.Array ? action[0].GetSingle() : action.GetSingle()];
                StepOutcome outcome = environment.Step(taken, observation);
                double[] expected = Numbers(step.GetProperty("observation"));
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.Equal(expected[i], observation[i], 1e-6);
                }

                Assert.Equal(step.GetProperty("reward").GetDouble(), outcome.Reward, 1e-6);
                Assert.Equal(step.GetProperty("terminated").GetBoolean(), outcome.Terminated);
                compared++;
            }
        }

        Assert.True(compared > 0);
    }

    private static TheoryData<string, string> Select()
    {
        TheoryData<string, string> data = [];
        foreach ((string path, string environment) in GymnasiumFile.Cases().Where(item => Create(item.Environment) is not null))
        {
            data.Add(path, environment);
        }

        return data;
    }

    private static SingleEnvironment? Create(string name) => name switch
    {
        "CartPole-v1" => new CartPole(),
        "CartPole-v0" => new CartPole(new() { MaximumSteps = 200 }),
        "MountainCar-v0" => new MountainCar(),
        "MountainCarContinuous-v0" => new MountainCarContinuous(),
        "Pendulum-v1" => new Pendulum(),
        "Acrobot-v1" => new Acrobot(),
        _ => null,
    };

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
