namespace Proximal.Analysis.Trees;

/// <summary>A discrete policy that can be asked, whatever it is: a network, a planner, a program.</summary>
/// <param name="inputs">[rows, features].</param>
/// <param name="run">Which of several runs: a teacher that draws random numbers draws others in each.</param>
/// <param name="actions">Receives the actions [rows].</param>
public delegate void Teacher(ReadOnlySpan<float> inputs, int run, Span<int> actions);
