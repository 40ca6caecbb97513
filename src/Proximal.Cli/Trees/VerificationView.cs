using System.Globalization;
using System.Text.Json;
using Proximal.Analysis.Trees;
using Proximal.Analysis.Verification;
using Proximal.Cli.Terminals;

namespace Proximal.Cli.Trees;

/// <summary>What a verification found, for people and for machines.</summary>
internal sealed class VerificationView(
    Terminal terminal,
    string treePath,
    string rulesPath,
    DecisionTree tree,
    RuleSet rules,
    VerificationReport before,
    TreeCorrection? correction,
    VerificationReport after,
    Certificate? certificate,
    bool certificateHolds,
    IReadOnlyList<string> written)
{
    private const int MostRows = 20;

    public void WriteText()
    {
        TextWriter output = terminal.Output;
        output.WriteLine(terminal.Paint($"{SafeText.OneLine(treePath)} against {SafeText.OneLine(rulesPath)}", Ink.Bold));
        output.WriteLine($"{Count(before.Leaves, "leaf", "leaves")}, {Count(rules.Rules.Count, "rule", "rules")}, {Count(before.Applications, "application", "applications")}");
        if (!before.Holds)
        {
            output.WriteLine();
            WriteFaults(before.Faults);
        }

        if (correction is not null)
        {
            output.WriteLine();
            WriteChanges(correction);
        }

        if (certificate is not null)
        {
            output.WriteLine();
            WriteCertificate(certificate);
        }

        output.WriteLine();
        string failing = $"{Count(after.FailingLeaves, "leaf breaks", "leaves break")} a rule";
        string verdict = after.Holds ? "Every rule holds for every input." : correction is null ? $"{failing}; --correct mends them." : $"{failing} that no action keeps.";
        output.WriteLine(terminal.Paint(verdict, after.Holds ? Ink.Green : Ink.Red));
        foreach (string path in written)
        {
            output.WriteLine($"Wrote {SafeText.OneLine(path)}");
        }
    }

    public void WriteJson() => JsonText.WriteIndented(terminal.Output, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tree", treePath);
        writer.WriteString("rules", rulesPath);
        writer.WriteNumber("leaves", before.Leaves);
        writer.WriteNumber("applications", before.Applications);
        writer.WriteNumber("failing", before.FailingLeaves);
        writer.WriteStartArray("faults");
        foreach (LeafFault fault in before.Faults)
        {
            writer.WriteStartObject();
            writer.WriteNumber("leaf", fault.Leaf.Node);
            writer.WriteString("rule", fault.Rule.Name);
            writer.WriteString("action", tree.Actions.Names[fault.Leaf.Action]);
            writer.WriteString("expected", fault.Demand);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (correction is not null)
        {
            WriteCorrection(writer, correction);
        }

        if (certificate is not null)
        {
            WriteCertificate(writer, certificate);
        }

        writer.WriteBoolean("holds", after.Holds && certificateHolds);
        writer.WriteEndObject();
    });

    private void WriteFaults(IReadOnlyList<LeafFault> faults)
    {
        TextTable table = new(new TableColumn("leaf", IsNumber: true), "rule", "does", new TableColumn("samples", IsNumber: true), "must");
        foreach (LeafFault fault in faults.Take(MostRows))
        {
            table.Add(Whole(fault.Leaf.Node), fault.Rule.Name, tree.Actions.Names[fault.Leaf.Action], Whole(fault.Leaf.Samples), fault.Demand);
        }

        table.Write(terminal);
        WriteMore(faults.Count);
    }

    private void WriteChanges(TreeCorrection made)
    {
        terminal.Output.WriteLine($"{Count(made.Changes.Count, "leaf", "leaves")} corrected, {Count(after.FailingLeaves, "still breaks", "still break")} a rule");
        if (made.Changes.Count == 0)
        {
            return;
        }

        TextTable table = new(new TableColumn("leaf", IsNumber: true), "did", "does now");
        foreach (LeafChange change in made.Changes.Take(MostRows))
        {
            table.Add(Whole(change.Leaf.Node), tree.Actions.Names[change.Leaf.Action], Now(change));
        }

        table.Write(terminal);
        WriteMore(made.Changes.Count);
    }

    private string Now(LeafChange change) => string.Join(" | ", change.Actions.Select(action => tree.Actions.Names[action])) + (change.Actions.Count > 1 ? " (divided)" : "");

    private void WriteCertificate(Certificate made)
    {
        terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"A step later it holds in {made.Successes} of {made.Samples} episodes, {Readable.Share(made.Share)}; with confidence {made.Confidence}"));
        terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"at least {Readable.Share(made.HoeffdingLower)} (Hoeffding), {Readable.Share(made.WilsonLower)} (Wilson); {1 - made.Delta:0.####} is asked:"));
        terminal.Output.WriteLine(terminal.Paint(certificateHolds ? "certified" : "not certified", certificateHolds ? Ink.Green : Ink.Red));
    }

    private void WriteCorrection(Utf8JsonWriter writer, TreeCorrection made)
    {
        writer.WriteStartArray("corrections");
        foreach (LeafChange change in made.Changes)
        {
            writer.WriteStartObject();
            writer.WriteNumber("leaf", change.Leaf.Node);
            writer.WriteString("before", tree.Actions.Names[change.Leaf.Action]);
            writer.WriteStartArray("after");
            foreach (int action in change.Actions)
            {
                writer.WriteStringValue(tree.Actions.Names[action]);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("failing-after", after.FailingLeaves);
    }

    private void WriteCertificate(Utf8JsonWriter writer, Certificate made)
    {
        writer.WriteStartObject("certificate");
        writer.WriteNumber("successes", made.Successes);
        writer.WriteNumber("samples", made.Samples);
        writer.WriteNumber("delta", made.Delta);
        writer.WriteNumber("confidence", made.Confidence);
        writer.WriteNumber("hoeffding-lower", made.HoeffdingLower);
        writer.WriteNumber("wilson-lower", made.WilsonLower);
        writer.WriteBoolean("holds", certificateHolds);
        writer.WriteEndObject();
    }

    private void WriteMore(int count)
    {
        if (count > MostRows)
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"... and {count - MostRows} more, which --json lists"));
        }
    }

    private static string Count(int number, string one, string several) => $"{Whole(number)} {(number == 1 ? one : several)}";

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
