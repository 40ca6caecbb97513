using System.CommandLine;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Worlds.TowerDefence;
using Proximal.Worlds.TowerDefence.Games;

namespace Proximal.Cli.Tower;

/// <summary><c>proximal tower bench</c>: agents on levels, in a table.</summary>
internal sealed class TowerBenchCommand
{
    private readonly Terminal terminal;
    private readonly TowerInput input = new();
    private readonly Option<string> agents = new("--agents")
    {
        HelpName = "A,B,...",
        Description = $"Who plays: {TowerAgents.Known}.",
        DefaultValueFactory = _ => "idle,random,masked-random,expert",
    };

    private readonly Option<string> levels = new("--levels") { HelpName = "L,L,...", Description = "L1 to L5, or level files.", DefaultValueFactory = _ => "L1,L2,L3,L4,L5" };
    private readonly Option<int?> games = NumberOptions.Integer("--games", "N", "Games of each agent on each level, with seeds one after the other; 20 by default.", 1, 100_000);
    private readonly Option<int?> seed = NumberOptions.Integer("--seed", "N", "The first seed; 2000000 by default, where test seeds begin.", 0, int.MaxValue);
    private readonly Option<bool> errors = new("--errors") { Description = "Also tells which actions were invalid, and why." };
    private readonly Option<bool> json = new("--json") { Description = "Prints JSON for machines." };

    private TowerBenchCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        TowerBenchCommand bench = new(terminal);
        ExampleCommand command = new(
            "bench",
            "Measure agents on levels: score, return, share of valid actions, what follows an invalid one, variety, score per action, coins unspent.",
            "proximal tower bench",
            "proximal tower bench --agents expert,runs/tower-ppo --levels L1,L2 --games 50",
            "proximal tower bench --agents endpoint --endpoint http://gpu/v1 --model m");
        foreach (Option option in (IEnumerable<Option>)[bench.agents, bench.levels, bench.games, bench.seed, .. bench.input.Options, bench.errors, bench.json])
        {
            command.Options.Add(option);
        }

        command.SetAction(bench.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        TowerLevel[] played = [.. line.GetRequiredValue(levels).Split(',').Select(TowerLevelFiles.Load)];
        using TowerAgents created = new();
        ITowerAgent[] players = [.. line.GetRequiredValue(agents).Split(',').Select(name => created.Create(name, input.Settings(line)))];
        int count = line.GetValue(games) ?? 20;
        ulong first = (ulong)(line.GetValue(seed) ?? 2_000_000);
        using Interruption interruption = terminal.Listen();
        LiveBlock? progress = terminal.IsErrorTerminal ? new LiveBlock(terminal.Error) : null;
        List<TowerStatistics> rows = [];
        foreach (TowerLevel level in played)
        {
            foreach (ITowerAgent agent in players)
            {
                List<TowerGame> all = [];
                for (int game = 0; game < count; game++)
                {
                    progress?.Draw(SafeText.Shorten($"{agent.Name} on {level.Name}: game {game + 1} of {count}", terminal.Width));
                    all.Add(TowerGame.Play(agent, level, first + (ulong)game, cancellation: interruption.Token));
                }

                rows.Add(TowerStatistics.Of(all));
            }
        }

        progress?.Draw();
        TowerBenchReport report = new(rows, count, first);
        if (line.GetValue(json))
        {
            report.WriteJson(terminal);
        }
        else
        {
            report.Write(terminal, line.GetValue(errors));
        }

        return ExitCode.Success;
    }
}
