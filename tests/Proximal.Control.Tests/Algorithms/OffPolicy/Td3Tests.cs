using Proximal.Control.Algorithms.OffPolicy;
using Proximal.Control.Environments;
using Proximal.Control.Environments.Diagnostic;
using Proximal.Control.Learning;
using Proximal.Control.Spaces;
using Proximal.Models.Networks;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Algorithms.OffPolicy;

public sealed class Td3Tests
{
    private static readonly Td3Options Options = new()
    {
        Network = new NetworkSettings { Hidden = [24, 24], Activation = Activation.Relu, Orthogonal = false },
        BufferSize = 1000,
        BatchSize = 32,
        LearningStarts = 100,
        LearningRate = 1e-3,
    };

    private static readonly IEnvironment Environment = new IdentityEnvironment(new BoxSpace(new Shape(2), -1, 1));

    [Fact]
    public void Without_noise_and_with_tied_critics_it_equals_ddpg()
    {
        using Td3 td3 = new(Environment, Options with { TargetNoise = 0 }, 3), ddpg = new Ddpg(Environment, Options, 3);

        // Tied critics: both with the weights of the only critic of the other.
        for (int i = 0; i < 2; i++)
        {
            td3.Critics.Critics[i].CopyFrom(ddpg.Critics.Critics[0]);
            td3.Critics.Targets[i].CopyFrom(ddpg.Critics.Critics[0]);
        }

        td3.Learn(300);
        ddpg.Learn(300);
        Assert.Equal(Values(ddpg), Values(td3));
        Assert.Equal(ddpg.Critics.Critics[0].Parameters[0].Data.ToArray(), td3.Critics.Critics[1].Parameters[0].Data.ToArray());
    }

    [Fact]
    public void Large_networks_give_the_same_bits_with_one_and_two_workers()
    {
        using Workers one = new(1), two = new(2);
        Td3Options large = Options with { Network = Options.Network with { Hidden = [256, 256] }, BatchSize = 128 };
        SacOptions soft = new() { Network = large.Network, BatchSize = 128, BufferSize = 1000, LearningStarts = 100 };
        using Learner first = new Td3(Environment, large, 3, one), second = new Td3(Environment, large, 3, two), third = new Sac(Environment, soft, 3, one), fourth = new Sac(Environment, soft, 3, two);
        foreach (Learner learner in new[] { first, second, third, fourth })
        {
            learner.Learn(110);
        }

        Assert.Equal(Values(first), Values(second));
        Assert.Equal(Values(third), Values(fourth));
    }

    [Fact]
    public void Options_outside_their_ranges_are_refused_by_key_value_and_range()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new Td3(Environment, Options with { TargetRate = 2 }));
        Assert.StartsWith("td3: 'target-rate' is 2, expected 0 to 1.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Sac(Environment, new SacOptions { Discount = double.NaN }));
    }

    private static float[] Values(Learner learner) => [.. learner.Policy.Parameters.SelectMany(parameter => parameter.Data.ToArray())];
}
