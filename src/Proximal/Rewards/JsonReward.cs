using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tasks.Families;
using Proximal.Tasks.Verification;

namespace Proximal.Rewards;

/// <summary>Rewards that compare what the policy wrote with the fields that its problem asks for; the response is the JSON object and nothing else.</summary>
/// <param name="key">The term, for messages.</param>
/// <param name="score">Scores a text by the expected fields, texts without their quotes.</param>
public sealed class JsonReward(string key, Func<string, IReadOnlyDictionary<string, string>, double> score) : IReward
{
    private const string Source = "RL-Struct: A Lightweight Reinforcement Learning Framework for Reliable Structured Output in LLMs";

    /// <summary><c>json-validity</c>.</summary>
    public static ComponentDefinition<IReward, NoOptions> ValidityDefinition { get; } = Define(
        "json-validity",
        "1 for one JSON object without duplicate keys and nothing after it, 0 otherwise.",
        "r = 1{y parses}",
        "Whether the text parses is the first thing that a policy can learn of structured output: the term is binary and quickly 1, and terms that need a parsed object earn nothing before.",
        (text, _) => JsonFields.IsValid(text) ? 1 : 0);

    /// <summary><c>field-f1</c>.</summary>
    public static ComponentDefinition<IReward, NoOptions> ContentDefinition { get; } = Define(
        "field-f1",
        "Mean word overlap of the fields with the right values; 0 where the text does not parse.",
        "r = 1/|F| Σ_f F1(y_f, ŷ_f)",
        "Two valid objects of the right shape differ in what they say. The F1 of words gives part of the credit for part of the content, so that the policy has something to climb.",
        JsonFields.Content);

    /// <summary><c>json-structure</c>.</summary>
    public static ComponentDefinition<IReward, JsonStructureOptions> StructureDefinition { get; } = new(
        new ComponentInfo(
            "json-structure",
            Seam.Rewards,
            "The share of the required keys that are there, less a penalty for others.",
            "r = max(0, |K ∩ K_req| - λ |K \\ K_req|) / |K_req|",
            Source)
        {
            Mechanism = "Required keys are credited one by one. In an object that does not parse, everything in double quotes before a colon counts as a key, so that structure is learned beside validity and not after it. The penalty keeps a policy from naming every key that it knows. That it never falls below 0 is a choice made here.",
        },
        JsonStructureOptions.Schema,
        options => new JsonReward("json-structure", (text, expected) => JsonFields.Structure(text, [.. expected.Keys], options.Penalty)));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The problem asks for no fields.</exception>
    public float Score(Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        return trajectory.Instance.Metadata is StructuredAnswerMetadata expected
            ? (float)score(trajectory.Response, expected.Texts)
            : throw new InvalidOperationException($"'{key}' needs a task that asks for fields (json-gen, structured-answer), but '{trajectory.Instance.Key}' is a problem of {trajectory.Instance.Family}.");
    }

    private static ComponentDefinition<IReward, NoOptions> Define(
        string key, string summary, string formula, string mechanism, Func<string, IReadOnlyDictionary<string, string>, double> score) =>
        new(new ComponentInfo(key, Seam.Rewards, summary, formula, Source) { Mechanism = mechanism }, NoOptions.Schema, _ => new JsonReward(key, score));
}
