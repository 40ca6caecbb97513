namespace Proximal.Tasks;

/// <summary>How long the texts of a task are, in symbols, for choosing token budgets. Exact for finite tasks, an estimate with a margin for unlimited ones.</summary>
/// <param name="Prompt">The longest prompt.</param>
/// <param name="Response">The longest demonstration, without the end of the sequence.</param>
public readonly record struct TaskLengths(int Prompt, int Response);
