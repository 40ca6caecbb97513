namespace Proximal.Tasks;

/// <summary>A problem as a family draws it, before templates and styles.</summary>
/// <param name="Key">The canonical text that identifies it.</param>
/// <param name="Prompt">The compact prompt.</param>
/// <param name="Answer">The gold answer.</param>
/// <param name="Steps">The chain of thought.</param>
internal sealed record ProceduralDraft(string Key, string Prompt, string Answer, IReadOnlyList<string> Steps)
{
    /// <summary>The prompt in plain English, for templates other than the compact one; the compact prompt when null.</summary>
    public string? EnglishPrompt { get; init; }

    /// <summary>Data of the family.</summary>
    public TaskMetadata Metadata { get; init; } = TaskMetadata.None;
}
