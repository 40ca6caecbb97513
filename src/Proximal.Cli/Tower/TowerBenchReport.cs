using System.Globalization;
using Proximal.Cli.Terminals;
using Proximal.Worlds.TowerDefence;
using Proximal.Worlds.TowerDefence.Games;

namespace Proximal.Cli.Tower;

/// <summary>The table of the benchmark.</summary>
/// <param name="rows">What was measured.</param>
/// <param name="games">Games of each.</param>
/// <param name="seed">The first seed.</param>
internal sealed class TowerBenchReport(IReadOnlyList<TowerStatistics> rows, int games, ulong seed)
{
    public void Write(Terminal terminal, bool errors)
    {
        TextTable table = new("level", "agent", Number("score"), Number("±"), Number("return"), Number("valid"), Number("plan"), Number("multi"), Number("effic."), Number("unspent"));
        foreach (TowerStatistics row in rows)
        {
            table.Add(
                row.Level, row.Agent, Text($"{row.Score:0.0}"), Text($"{row.ScoreError:0.0}"), Text($"{row.Return:0.00}"), Share(row.ValidRate), Share(row.PlanValidation), Text($"{row.Multifinality:0.00}"),
                Text($"{row.Efficiency:0.00}"), Text($"{row.Unspent:0}"));
        }

        table.Write(terminal);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(Wrapping.Wrap(
            Text(
                $"{games} {(games == 1 ? "game" : "games")} each, seeds from {seed}. score: 100 x lives left / lives, with its standard error; valid: valid actions of all tried (doing nothing is neither); plan: how often the action after an invalid one is valid; multi: variety of what was done, relative to what could be; effic.: score per valid action; unspent: coins at the end."),
            terminal.Width));
        if (errors)
        {
            WriteErrors(terminal);
        }
    }

    public void WriteJson(Terminal terminal) => JsonText.WriteIndented(terminal.Output, writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("games", games);
        writer.WriteNumber("seed", seed);
        writer.WriteStartArray("rows");
        foreach (TowerStatistics row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("level", row.Level);
            writer.WriteString("agent", row.Agent);
            writer.WriteFinite("score", row.Score);
            writer.WriteFinite("score-error", row.ScoreError);
            writer.WriteFinite("return", row.Return);
            writer.WriteFinite("survived", row.Survived);
            writer.WriteFinite("valid-rate", row.ValidRate);
            writer.WriteFinite("plan-validation", row.PlanValidation);
            writer.WriteFinite("multifinality", row.Multifinality);
            writer.WriteFinite("efficiency", row.Efficiency);
            writer.WriteFinite("unspent", row.Unspent);
            writer.WriteFinite("actions-per-decision", row.ActionsPerDecision);
            writer.WriteFinite("decisions", row.Decisions);
            writer.WriteNumber("malformed", row.Malformed);
            writer.WriteStartObject("errors");
            for (int code = 1; code < row.Errors.Count; code++)
            {
                writer.WriteNumber(TowerNames.Of((TowerError)code), row.Errors[code]);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static TableColumn Number(string title) => new(title, IsNumber: true);

    private static string Share(double value) => double.IsNaN(value) ? "-" : Text($"{value:0.00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void WriteErrors(Terminal terminal)
    {
        terminal.Output.WriteLine();
        TextTable table = new("level", "agent", Number("unreadable"), "invalid actions by kind");
        foreach (TowerStatistics row in rows)
        {
            string kinds = string.Join(", ", row.Errors.Select((count, code) => (count, code)).Where(error => error.count > 0)
                .OrderByDescending(error => error.count).Select(error => Text($"{TowerNames.Of((TowerError)error.code)} {error.count}")));
            table.Add(row.Level, row.Agent, Text($"{row.Malformed}"), kinds.Length == 0 ? "none" : kinds);
        }

        table.Write(terminal);
    }
}
