using System.Globalization;
using Proximal.Cli.Control;
using Proximal.Cli.Terminals;
using Proximal.Control.Environments.TowerDefence;
using Proximal.Control.Runs;
using Proximal.Environments.TowerDefence;
using Proximal.Runs;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Cli.Tower;

/// <summary>Agents by the names that people write, with what they hold open.</summary>
internal sealed class TowerAgents : IDisposable
{
    public const string Known = "idle, random, masked-random, expert, expert:NOISE, endpoint, or the folder of a run";

    private readonly List<IDisposable> open = [];

    /// <summary>The agent of a name.</summary>
    /// <param name="name">One of <see cref="Known"/>.</param>
    /// <param name="endpoint">The endpoint, where one is given.</param>
    /// <exception cref="CommandFailure">The name is none.</exception>
    public ITowerAgent Create(string name, TowerEndpointSettings? endpoint)
    {
        switch (name)
        {
            case "idle":
                return new IdleTowerAgent();
            case "random":
                return new RandomTowerAgent(masked: false);
            case "masked-random":
                return new RandomTowerAgent(masked: true);
            case "expert":
                return new TowerExpert();
            case "endpoint":
                return Keep(new TowerEndpointAgent(endpoint ?? throw new CommandFailure("the agent endpoint needs --endpoint URL", "an OpenAI-compatible server, as http://localhost:8080/v1")));
            case { } noisy when noisy.StartsWith("expert:", StringComparison.Ordinal):
                return double.TryParse(noisy.AsSpan(7), NumberStyles.Float, CultureInfo.InvariantCulture, out double noise) && noise is >= 0 and <= 1
                    ? new NamedTowerAgent(noisy, new TowerExpert(noise))
                    : throw new CommandFailure($"the agent '{SafeText.OneLine(noisy)}' has no noise, expected a number from 0 to 1 behind the colon");
            default:
                return OfRun(name);
        }
    }

    public void Dispose()
    {
        foreach (IDisposable one in open)
        {
            one.Dispose();
        }
    }

    private ITowerAgent OfRun(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CommandFailure($"the agent '{SafeText.OneLine(folder)}' is unknown, expected {Known}");
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (!new RunFolder(folder).IsControlRun)
        {
            return Keep(new TowerModelAgent(name, Keep(TrainedPolicy.Load(folder))));
        }

        ActingRun run = Keep(ActingRun.Open(folder));
        return run.Recipe.Environment.Options is TowerMiniOptions options
            ? new TowerPolicyAgent(name, run.Policy, options)
            : throw new CommandFailure($"the agent {SafeText.OneLine(folder)} plays {run.Recipe.Environment.Definition.Info.Key}, expected a run in tower-mini");
    }

    private T Keep<T>(T value)
        where T : IDisposable
    {
        open.Add(value);
        return value;
    }

    /// <summary>An agent under another name.</summary>
    private sealed class NamedTowerAgent(string name, ITowerAgent agent) : ITowerAgent
    {
        public string Name => name;

        public void Begin(TowerWorld world, ulong seed) => agent.Begin(world, seed);

        public TowerAction Choose(TowerWorld world) => agent.Choose(world);
    }
}
