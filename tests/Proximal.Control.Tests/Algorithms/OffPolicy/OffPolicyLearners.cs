using Proximal.Control.Algorithms.OffPolicy;
using Proximal.Control.Environments;
using Proximal.Control.Environments.Diagnostic;
using Proximal.Control.Learning;
using Proximal.Control.Spaces;
using Proximal.Models.Networks;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Algorithms.OffPolicy;

/// <summary>Every off-policy algorithm with small networks, for what all of them must do.</summary>
internal static class OffPolicyLearners
{
    private static readonly NetworkSettings Network = new() { Hidden = [32, 32], Activation = Activation.Relu, Orthogonal = false };

    private static readonly DqnOptions Dqn = new()
    {
        Network = Network,
        BufferSize = 2000,
        BatchSize = 32,
        LearningStarts = 200,
        TrainFrequency = 2,
        TargetPeriod = 100,
        LearningRate = 3e-3,
        Discount = 0.5,
        Atoms = 21,
        MinimumValue = -1,
        MaximumValue = 4,
        StepsPerIteration = 250,
    };

    private static readonly Td3Options Td3 = new()
    {
        Network = Network,
        BufferSize = 5000,
        BatchSize = 64,
        LearningStarts = 200,
        TrainFrequency = 2,
        LearningRate = 3e-3,
        Discount = 0.5,
        TargetRate = 0.02,
        StepsPerIteration = 250,
    };

    private static readonly SacOptions Sac = new()
    {
        Network = Network,
        BufferSize = 5000,
        BatchSize = 64,
        LearningStarts = 200,
        TrainFrequency = 2,
        PolicyLearningRate = 3e-3,
        CriticLearningRate = 3e-3,
        Discount = 0.5,
        TargetRate = 0.02,
        StepsPerIteration = 250,
    };

    private static readonly Dictionary<string, Func<IEnvironment, ulong, Workers, Learner>> Discrete = new()
    {
        ["dqn"] = (environment, seed, workers) => new Dqn(environment, Dqn, seed, workers),
        ["double-dqn"] = (environment, seed, workers) => new DoubleDqn(environment, Dqn, seed, workers),
        ["dueling-dqn"] = (environment, seed, workers) => new DuelingDqn(environment, Dqn, seed, workers),
        ["prioritized-dqn"] = (environment, seed, workers) => new PrioritizedDqn(environment, Dqn, seed, workers),
        ["n-step-dqn"] = (environment, seed, workers) => new NStepDqn(environment, Dqn with { NSteps = 3 }, seed, workers),
        ["noisy-dqn"] = (environment, seed, workers) => new NoisyDqn(environment, Dqn, seed, workers),
        ["c51"] = (environment, seed, workers) => new C51(environment, Dqn, seed, workers),
        ["qr-dqn"] = (environment, seed, workers) => new QrDqn(environment, Dqn, seed, workers),
        ["rainbow"] = (environment, seed, workers) => new Rainbow(environment, Dqn with { NSteps = 2 }, seed, workers),
        ["apex-dqn"] = (environment, seed, workers) => new ApexDqn(environment, Dqn with { Environments = 4, NSteps = 2 }, seed, workers),
        ["discrete-sac"] = (environment, seed, workers) => new DiscreteSac(environment, Sac with { EntropyScale = 0.1 }, seed, workers),
    };

    private static readonly Dictionary<string, Func<IEnvironment, ulong, Workers, Learner>> Continuous = new()
    {
        ["ddpg"] = (environment, seed, workers) => new Ddpg(environment, Td3, seed, workers),
        ["td3"] = (environment, seed, workers) => new Td3(environment, Td3, seed, workers),
        ["sac"] = (environment, seed, workers) => new Sac(environment, Sac, seed, workers),
        ["td3 with correlated noise"] = (environment, seed, workers) => new Td3(environment, Td3 with { Environments = 2, ExplorationNoise = 0.3, ExplorationCorrelation = 0.9 }, seed, workers),
        ["sac with correlated noise"] = (environment, seed, workers) => new Sac(environment, Sac with { Environments = 2, ExplorationCorrelation = 0.9 }, seed, workers),
    };

    public static TheoryData<string> Names => [.. Discrete.Keys, .. Continuous.Keys];

    public static bool IsContinuous(string name) => Continuous.ContainsKey(name);

    /// <summary>The identity environment with actions that the algorithm takes.</summary>
    public static IEnvironment Identity(string name) => new IdentityEnvironment(IsContinuous(name) ? new BoxSpace(new Shape(2), -2, 1) : new DiscreteSpace(3));

    public static Learner Create(string name, IEnvironment environment, ulong seed, Workers? workers = null) =>
        (IsContinuous(name) ? Continuous : Discrete)[name](environment, seed, workers ?? Single);

    private static Workers Single { get; } = new(1);
}
