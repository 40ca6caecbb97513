using System.Globalization;
using Proximal.Analysis.Health;
using Proximal.Cli.Terminals;

namespace Proximal.Cli.Health;

/// <summary>Findings of the doctor for people.</summary>
internal static class FindingText
{
    private const int Indent = 4;
    private const int ListIndent = 6;
    private const string Bullet = "- ";

    /// <summary>A finding in one line, for the middle of a run.</summary>
    public static string Line(Terminal terminal, Finding finding) =>
        terminal.Paint($"{Name(finding.Severity)}: {finding.Title.ToLowerInvariant()} ({finding.Rule})", InkOf(finding.Severity)) + $". {SafeText.OneLine(finding.Evidence)}";

    /// <summary>Writes a finding with evidence, rollouts that show it, and what to try.</summary>
    public static void Write(Terminal terminal, Finding finding)
    {
        TextWriter output = terminal.Output;
        string steps = finding.FirstStep == finding.LastStep
            ? string.Create(CultureInfo.InvariantCulture, $"step {finding.FirstStep}")
            : string.Create(CultureInfo.InvariantCulture, $"steps {finding.FirstStep} to {finding.LastStep}");
        output.WriteLine($"  {terminal.Paint($"{Name(finding.Severity)}: {finding.Title}", InkOf(finding.Severity))} ({finding.Rule}), {steps}");
        output.WriteLine(Wrapping.Wrap(SafeText.OneLine(finding.Evidence), terminal.Width, Indent));
        if (finding.Excerpts.Count > 0)
        {
            output.WriteLine("    Seen in:");
            foreach (FindingExcerpt excerpt in finding.Excerpts)
            {
                string rollout = excerpt.Path < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", rollout {excerpt.Path}");
                string place = string.Create(CultureInfo.InvariantCulture, $"step {excerpt.Step}, prompt {excerpt.Group}{rollout}: ");
                output.WriteLine($"      {place}{SafeText.Shorten(excerpt.Text, terminal.Width - ListIndent - place.Length)}");
            }
        }

        output.WriteLine("    Try:");
        foreach (string advice in finding.Advice)
        {
            // The first line of a point begins with its dash, where the others have spaces.
            output.WriteLine(string.Concat(new string(' ', ListIndent), Bullet, Wrapping.Wrap(advice, terminal.Width, ListIndent + Bullet.Length).AsSpan(ListIndent + Bullet.Length)));
        }
    }

    /// <summary>A severity as people read it.</summary>
    public static string Name(Severity severity) => severity switch
    {
        Severity.Note => "note",
        Severity.Warning => "warning",
        _ => "critical",
    };

    private static Ink InkOf(Severity severity) => severity switch
    {
        Severity.Note => Ink.Cyan,
        Severity.Warning => Ink.Yellow,
        _ => Ink.Red,
    };
}
