using System.Text.Json;
using Proximal.Control.Environments.ToyText;

namespace Proximal.Control.Tests.Golden;

public sealed class ToyTextGoldenTests
{
    public static TheoryData<string, string> Cases { get; } = Select();

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_table_equals_that_of_gymnasium_exactly(string path, string name)
    {
        ITabularEnvironment environment = Create(name)!;
        JsonElement golden = GymnasiumFile.Read(path, name), states = golden.GetProperty("transitions"), initial = golden.GetProperty("initial");
        Assert.Equal(states.GetArrayLength(), environment.StateCount);
        for (int state = 0; state < environment.StateCount; state++)
        {
            Assert.Equal(initial[state].GetDouble(), environment.InitialProbabilities[state]);
            Assert.Equal(states[state].GetArrayLength(), environment.ActionCount);
            for (int action = 0; action < environment.ActionCount; action++)
            {
                Assert.Equal(
                    states[state][action].EnumerateArray().Select(item => new Transition(item[0].GetDouble(), item[1].GetInt32(), item[2].GetDouble(), item[3].GetBoolean())),
                    environment.Transitions(state, action).ToArray());
            }
        }
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

    private static ITabularEnvironment? Create(string name) => name switch
    {
        "Taxi-v3" => new Taxi(),
        "CliffWalking-v0" or "CliffWalking-v1" => new CliffWalking(),
        "CliffWalking-v1-slippery" or "CliffWalkingSlippery-v1" => new CliffWalking(new() { Slippery = true }),
        "FrozenLake-v1" or "FrozenLake-v1-4x4" or "FrozenLake-v1-4x4-slippery" => new FrozenLake(),
        "FrozenLake8x8-v1" or "FrozenLake-v1-8x8" or "FrozenLake-v1-8x8-slippery" => new FrozenLake(new() { Map = "8x8" }),
        _ => null,
    };
}
