using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Proximal.Studio.Tests;

/// <summary>Writes runs as a trainer would, of any content.</summary>
internal sealed class TestRun
{
    public TestRun(string folder, string name, int seed = 1, string objective = "grpo")
    {
        Path = System.IO.Path.Combine(folder, name);
        Directory.CreateDirectory(Path);
        Write("recipe.yaml", $"""
            name: {System.IO.Path.GetFileName(name)}
            seed: {seed}
            task: addition
            supervised:
              steps: 2
            policy:
              steps: 100
              objective: {objective}
              optimizer: adamw
            """);
    }

    public string Path { get; }

    public void Write(string file, string text) => File.WriteAllText(System.IO.Path.Combine(Path, file), text);

    public void Append(string file, string text) => File.AppendAllText(System.IO.Path.Combine(Path, file), text);

    /// <summary>Writes lines of metrics.</summary>
    public TestRun Metrics(int steps, Func<int, double> reward, int first = 1)
    {
        StringBuilder lines = new();
        for (int step = first; step < first + steps; step++)
        {
            lines.Append(CultureInfo.InvariantCulture, $$"""{"stage":"policy","step":{{step}},"policy/entropy":{{1.0 / step}},"reward/mean":{{reward(step)}},"reward/exact":{{reward(step) / 2}},"response/tokens":20,"cost/sampled-tokens":100,"time/tokens-per-second":1000,"time/step-seconds":0.5}""").Append('\n');
        }

        Append("metrics.jsonl", lines.ToString());
        return this;
    }

    /// <summary>Records a group of rollouts whose tokens are given.</summary>
    public TestRun Rollouts(int step, string prompt, params string[][] responses) => Rollouts(step, prompt, responses, []);

    /// <summary>Records a group of rollouts, and an answer of the environment with a further turn below the first.</summary>
    public TestRun Rollouts(int step, string prompt, string[][] responses, string[][] turns)
    {
        string folder = System.IO.Path.Combine(Path, "rollouts");
        Directory.CreateDirectory(folder);
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("format", 1);
            json.WriteNumber("step", step);
            json.WriteNumber("group", 0);
            json.WriteString("prompt", prompt);
            json.WriteString("expected", "42");
            json.WriteString("family", "add");
            json.WriteNumber("difficulty", 2);
            json.WriteNumber("rollouts", responses.Length);
            json.WriteStartArray("segments");
            Segment(json, -1, "prompt", [prompt]);
            foreach (string[] response in responses)
            {
                Segment(json, 0, "policy", response);
            }

            for (int turn = 0; turn < turns.Length; turn++)
            {
                Segment(json, turn == 0 ? 1 : responses.Length + turn, turn % 2 == 0 ? "environment" : "policy", turns[turn]);
            }

            json.WriteEndArray();
            json.WriteStartArray("paths");
            for (int i = 0; i < responses.Length; i++)
            {
                bool isLong = i == 0 && turns.Length > 0;
                WritePath(json, isLong ? responses.Length + turns.Length : i + 1, i, 1 + responses[i].Length + (isLong ? turns.Sum(turn => turn.Length) : 0), string.Concat(responses[i]));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        File.AppendAllText(System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"step-{step:D8}.jsonl")), Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
        return this;
    }

    private static void Segment(Utf8JsonWriter json, int parent, string origin, string[] texts)
    {
        json.WriteStartObject();
        json.WriteNumber("parent", parent);
        json.WriteString("origin", origin);
        json.WriteString("end", "finished");
        json.WriteStartArray("ids");
        for (int i = 0; i < texts.Length; i++)
        {
            json.WriteNumberValue(i);
        }

        json.WriteEndArray();
        json.WriteStartArray("texts");
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePath(Utf8JsonWriter json, int leaf, int index, int tokens, string response)
    {
        bool right = index % 2 == 1;
        json.WriteStartObject();
        json.WriteNumber("leaf", leaf);
        json.WriteString("end", index % 3 == 2 ? "truncated" : "finished");
        json.WriteBoolean("correct", right);
        json.WriteNumber("score", right ? 1 : 0);
        json.WriteNumber("reward", right ? 1 : 0);
        json.WriteStartObject("terms");
        json.WriteNumber("score", right ? 1 : 0);
        json.WriteEndObject();
        json.WriteStartObject("counters");
        json.WriteEndObject();
        json.WriteString("response", response);
        json.WriteBoolean("foreign", false);
        json.WriteStartObject("columns");
        foreach (string column in (string[])["mask", "behaviour", "old", "current", "entropy", "ratio", "advantage", "clipped", "weight", "token-reward"])
        {
            json.WriteStartArray(column);
            for (int i = 0; i < tokens; i++)
            {
                json.WriteNumberValue(column switch
                {
                    "mask" => i == 0 ? 0 : 1,
                    "entropy" => 0.1 * (i % 7),
                    "ratio" => 1 + (0.05 * ((i % 5) - 2)),
                    "advantage" => right ? 1.5 : -0.5,
                    "clipped" => i % 4 == 3 ? 1 : 0,
                    "weight" => 1,
                    "token-reward" => i == tokens - 1 && right ? 1 : 0,
                    _ => -0.2 * (i % 6),
                });
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
