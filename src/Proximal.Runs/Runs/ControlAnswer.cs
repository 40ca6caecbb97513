namespace Proximal.Runs;

/// <summary>What a live run answers to a command.</summary>
/// <param name="IsDone">Whether it was carried out.</param>
/// <param name="Message">What was done, or why it was refused, in a sentence.</param>
public sealed record ControlAnswer(bool IsDone, string Message);
