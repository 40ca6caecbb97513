namespace Proximal.Environments.Tools;

/// <summary>
/// A tool that a policy calls in its text: <c>&lt;tag&gt;text&lt;/tag&gt;</c> is answered by an observation. Implementations are safe for concurrent use, and bound what one call costs in time
/// and memory whatever its text is. What a policy writes may be wrong in every way: that is an answer too, with <see cref="ToolResult.IsError"/>, never an exception. An exception is a fault of
/// the tool itself and stops the run.
/// </summary>
public interface ITool
{
    /// <summary>Name in recipes, in counters and in messages, such as <c>calc</c>.</summary>
    string Name { get; }

    /// <summary>The word between the brackets of a call. Tools of one tag are asked in their order which of them takes a call.</summary>
    string Tag => Name;

    /// <summary>What one call costs, in the unit of the counter <c>cost</c>.</summary>
    double Cost => 1;

    /// <summary>The most characters of an observation; longer ones are cut.</summary>
    int ObservationCharacters => int.MaxValue;

    /// <summary>What calls and observations are made of: a new vocabulary gets these symbols.</summary>
    IReadOnlyList<string> Symbols => [];

    /// <summary>How many calls it answers best at one time: more than 1 where a call waits for another process.</summary>
    int Concurrency => 1;

    /// <summary>Whether the same calls in the same order are answered the same in every episode.</summary>
    bool IsReplayable => true;

    /// <summary>Whether a call with this text is for this tool; asked only where several tools have one tag.</summary>
    bool Accepts(string text) => true;

    /// <summary>Answers a call.</summary>
    ToolResult Call(ToolCall call);
}
