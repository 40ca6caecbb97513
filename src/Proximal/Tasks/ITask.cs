namespace Proximal.Tasks;

/// <summary>
/// A source of problems with a verifier. Instances are random access: the same split and index give the same instance on every machine and thread, whatever was generated before.
/// Implementations are safe for concurrent use.
/// </summary>
public interface ITask
{
    /// <summary>Short name, such as <c>countdown</c>.</summary>
    string Name { get; }

    /// <summary>Everything that prompts and demonstrations are made of: single characters, and special tokens such as <c>&lt;think&gt;</c> that count as one symbol.</summary>
    IReadOnlyList<string> Symbols { get; }

    /// <summary>How long prompts and demonstrations get; estimated from the first instances where a task does not say.</summary>
    TaskLengths Lengths => TaskSampling.EstimateLengths(this);

    /// <summary>The number of instances of a split, or null when there is no end to them.</summary>
    long? Count(TaskSplit split) => null;

    /// <summary>An instance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or not below <see cref="Count"/>.</exception>
    TaskInstance Generate(TaskSplit split, long index);

    /// <summary>Judges a response. Never throws for any text; its time is bounded by the text's length.</summary>
    Verdict Verify(TaskInstance instance, Response response);

    /// <summary>A right response in the required form, without the end of the sequence.</summary>
    string Demonstration(TaskInstance instance);

    /// <summary>A right response whose steps another expert writes; null where the task knows no such style.</summary>
    string? Demonstration(TaskInstance instance, DemonstrationStyle style) => style == DemonstrationStyle.Canonical ? Demonstration(instance) : null;

    /// <summary>
    /// A response with the gold answer in the place of its own: what a model wrote as an explanation becomes a response that is right. Null where the response
    /// comes to no answer, or where the task cannot tell the answer from what stands before it.
    /// </summary>
    /// <param name="instance">The problem.</param>
    /// <param name="response">A response, without the end of the sequence.</param>
    SplitResponse? WithGoldAnswer(TaskInstance instance, string response) => null;

    /// <summary>Whether the steps of a response hold one by one and lead to the gold answer; null where the task cannot check steps.</summary>
    bool? StepsHold(TaskInstance instance, string response) => null;

    /// <summary>A hint of a level from 1 (weakest) to 12 (all steps): 1-4 concepts, 5-8 the plan, 9-12 literal steps; null where the task has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside 1..12.</exception>
    string? Hint(TaskInstance instance, int level)
    {
        TaskHints.RequireLevel(level);
        return null;
    }
}
