using Proximal.Recipes;

namespace Proximal.Tasks.Data;

/// <summary>The options of data sets as recipes name them.</summary>
internal static class JsonlSchema
{
    public static OptionSchema<JsonlOptions> Options { get; } = new OptionSchema<JsonlOptions>(() => new JsonlOptions())
        .Text("label", o => o.Name, (o, v) => o with { Name = v }, "What the data set is called in reports.")
        .Text("train", o => o.TrainPath, (o, v) => o with { TrainPath = v }, "File of the training split.")
        .Text("validation", o => o.ValidationPath, (o, v) => o with { ValidationPath = v }, "File of the validation split; empty for none.")
        .Text("test", o => o.TestPath, (o, v) => o with { TestPath = v }, "File of the test split; empty for none.")
        .Text("prompt-field", o => o.PromptField, (o, v) => o with { PromptField = v }, "Field with the prompt.")
        .Text("answer-field", o => o.AnswerField, (o, v) => o with { AnswerField = v }, "Field with the answer or worked solution.")
        .Choice(
            "verifier", o => o.Verifier, (o, v) => o with { Verifier = v }, "How answers are compared.",
            ("final-answer", AnswerVerifier.FinalAnswer), ("exact", AnswerVerifier.Exact))
        .Flag("allow-overlap", o => o.AllowOverlap, (o, v) => o with { AllowOverlap = v }, "Whether a prompt may be in two splits.")
        .Integer("maximum-line-bytes", o => o.MaximumLineBytes, (o, v) => o with { MaximumLineBytes = v }, "The longest line.", 16, 1 << 26)
        .Integer("maximum-count", o => o.MaximumCount, (o, v) => o with { MaximumCount = v }, "The most instances of a split.", 1, 100_000_000)
        .Rule(o => o.FindFault());
}
