using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>Whether a response looks as asked for, parsed or not: <c>1{y = {...}}</c> plain, or the same between <c>```json</c> and <c>```</c>. No space may stand around it.</summary>
public sealed class JsonFormatReward(JsonFormatOptions options) : IReward
{
    private const string Open = "```json\n", Close = "\n```";

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IReward, JsonFormatOptions> Definition { get; } = new(
        new ComponentInfo(
            "json-format",
            Seam.Rewards,
            "1 for a response that opens and closes as asked for, plain or in a fence; 0 otherwise.",
            "r = 1{y matches the pattern}",
            "RL-Struct: A Lightweight Reinforcement Learning Framework for Reliable Structured Output in LLMs")
        {
            Mechanism = "A program that reads the output must find the object: either alone, or in a fence as chat models write it. The term looks at the outermost characters only and leaves the inside to the other terms.",
        },
        JsonFormatOptions.Schema,
        options => new JsonFormatReward(options));

    /// <summary>1 where the text has the form, 0 otherwise.</summary>
    public static double Compute(string text, bool fenced)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> inner = text;
        if (fenced)
        {
            if (text.Length < Open.Length + Close.Length || !inner.StartsWith(Open, StringComparison.Ordinal) || !inner.EndsWith(Close, StringComparison.Ordinal))
            {
                return 0;
            }

            inner = inner[Open.Length..^Close.Length];
        }

        return inner.Length >= 2 && inner[0] == '{' && inner[^1] == '}' ? 1 : 0;
    }

    /// <inheritdoc/>
    public float Score(Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        return (float)Compute(trajectory.Response, options.Fenced);
    }
}
