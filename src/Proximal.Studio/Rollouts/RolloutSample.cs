using System.Text.Json;
using Proximal.Runs;

namespace Proximal.Studio.Rollouts;

/// <summary>A rollout as a run logs it without its tokens.</summary>
internal sealed record RolloutSample(int Step, string Prompt, string Response, string Expected, string End, bool Correct, double Reward)
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="KeyNotFoundException">Something is missing.</exception>
    /// <exception cref="InvalidOperationException">Something has another kind.</exception>
    public static RolloutSample Parse(ReadOnlyMemory<byte> line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        return new RolloutSample(
            root.GetProperty("step").GetInt32(),
            root.GetProperty("prompt").GetString() ?? "",
            root.GetProperty("response").GetString() ?? "",
            root.GetProperty("expected").GetString() ?? "",
            (root.GetProperty("end").GetString() ?? "").ToLowerInvariant(),
            root.GetProperty("correct").GetBoolean(),
            root.GetProperty("reward") is { ValueKind: JsonValueKind.Number } reward ? reward.GetDouble() : double.NaN);
    }

    public RecordedPath ToPath(int leaf) => new()
    {
        Leaf = leaf,
        End = End,
        Correct = Correct,
        Score = Correct ? 1 : 0,
        Reward = (float)Reward,
        Terms = new Dictionary<string, float>(),
        Counters = new Dictionary<string, double>(),
        Response = Response,
        IsForeign = false,
        Columns = new Dictionary<string, float[]>(),
    };
}
