namespace Proximal.Tasks;

/// <summary>A response taken apart where its answer begins. Thought and answer together are the text of a whole response, without the end of the sequence.</summary>
/// <param name="Thought">Everything before the answer, markers included.</param>
/// <param name="Answer">The answer with the markers around it.</param>
public readonly record struct SplitResponse(string Thought, string Answer);
