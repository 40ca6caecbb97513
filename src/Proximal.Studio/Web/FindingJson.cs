using System.Text.Json;
using Proximal.Analysis.Health;

namespace Proximal.Studio.Web;

/// <summary>What is wrong with a run, as JSON.</summary>
internal static class FindingJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Finding> findings)
    {
        json.WriteStartObject();
        json.WriteNumber("rules", Doctor.Rules.Count);
        json.WriteStartArray("findings");
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("rule", finding.Rule);
            json.WriteString("title", finding.Title);
            json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            json.WriteNumber("firstStep", finding.FirstStep);
            json.WriteNumber("lastStep", finding.LastStep);
            json.WriteString("evidence", finding.Evidence);
            json.WriteStartArray("numbers");
            foreach (FindingNumber number in finding.Numbers)
            {
                json.WriteStartObject();
                json.WriteString("name", number.Name);
                StudioJson.WriteFinite(json, "value", number.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteTexts(json, "metrics", finding.Metrics);
            WriteTexts(json, "advice", finding.Advice);
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
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
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
