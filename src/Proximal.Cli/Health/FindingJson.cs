using System.Text.Json;
using Proximal.Analysis.Health;
using Proximal.Cli.Terminals;

namespace Proximal.Cli.Health;

/// <summary>Findings of the doctor for machines.</summary>
internal static class FindingJson
{
    /// <summary>Writes a finding as members of an object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("rule", finding.Rule);
        json.WriteString("title", finding.Title);
        json.WriteString("severity", FindingText.Name(finding.Severity));
        json.WriteNumber("first-step", finding.FirstStep);
        json.WriteNumber("last-step", finding.LastStep);
        json.WriteString("evidence", finding.Evidence);
        json.WriteStartObject("numbers");
        foreach (FindingNumber number in finding.Numbers)
        {
            json.WriteFinite(number.Name, number.Value);
        }

        json.WriteEndObject();
        WriteTexts(json, "metrics", finding.Metrics);
        json.WriteStartArray("excerpts");
        foreach (FindingExcerpt excerpt in finding.Excerpts)
        {
            json.WriteStartObject();
            json.WriteNumber("step", excerpt.Step);
            json.WriteNumber("group", excerpt.Group);
            json.WriteNumber("path", excerpt.Path);
            json.WriteString("text", excerpt.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTexts(json, "advice", finding.Advice);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
