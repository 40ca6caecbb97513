using static Proximal.Tasks.SuiteVocabulary;

namespace Proximal.Tasks;

/// <summary>
/// A way to put a problem to the model: text around the prompt, the skeleton of the response, and the markers that a format reward looks for. Templates 11 to 13 are
/// teacher-forced twins of 2, 6 and 7: their prompt already contains the opening marker.
/// </summary>
public sealed class PromptTemplate
{
    private PromptTemplate(int id, string name, string prefix, string suffix, ThoughtSkeleton skeleton, string opening, params string[] markers)
    {
        Id = id;
        Name = name;
        Prefix = prefix;
        Suffix = suffix;
        Skeleton = skeleton;
        Opening = opening;
        Markers = markers;
    }

    /// <summary>All templates; the position is the number.</summary>
    public static IReadOnlyList<PromptTemplate> All { get; } =
    [
        new(0, "compact", "", "", ThoughtSkeleton.Steps, ""),
        new(1, "solve", "solve: ", "", ThoughtSkeleton.Steps, ""),
        new(2, "tags", "", " think, then answer.", ThoughtSkeleton.Steps, "", Think, EndThink, Answer, EndAnswer),
        new(3, "question", "q: ", " a:", ThoughtSkeleton.Steps, ""),
        new(4, "formal", "derive: ", "", ThoughtSkeleton.Steps, ""),
        new(5, "final-is", "", " end with final is.", ThoughtSkeleton.FinalIs, "", ResponseFormat.FinalMarker),
        new(6, "plan-first", "", " plan first.", ThoughtSkeleton.PlanFirst, "", ResponseFormat.PlanMarker, EndThink, Answer, EndAnswer),
        new(7, "check-after", "", " then check.", ThoughtSkeleton.CheckAfter, "", Think, ResponseFormat.CheckMarker, Answer, EndAnswer),
        new(8, "facts", "", " recall facts first.", ThoughtSkeleton.Facts, "", Think, ResponseFormat.FactsMarker, Answer, EndAnswer),
        new(9, "code", "", " as code.", ThoughtSkeleton.Code, "", Think, EndThink, Answer, EndAnswer),
        new(10, "null-example", "example: ? -> ?\n", "", ThoughtSkeleton.Steps, ""),
        new(11, "tags-forced", "", " think, then answer.", ThoughtSkeleton.Steps, Think, EndThink, Answer, EndAnswer),
        new(12, "plan-first-forced", "", " plan first.", ThoughtSkeleton.PlanFirst, Think + ResponseFormat.PlanMarker, EndThink, Answer, EndAnswer),
        new(13, "check-after-forced", "", " then check.", ThoughtSkeleton.CheckAfter, Think, ResponseFormat.CheckMarker, Answer, EndAnswer),
    ];

    /// <summary>The number of the template.</summary>
    public int Id { get; }

    /// <summary>Short name.</summary>
    public string Name { get; }

    /// <summary>Text before the problem.</summary>
    public string Prefix { get; }

    /// <summary>Text after the problem.</summary>
    public string Suffix { get; }

    /// <summary>What the prompt already contains of the response; empty except for teacher-forced templates.</summary>
    public string Opening { get; }

    /// <summary>The markers that a response must contain, each exactly once; empty for free-form templates.</summary>
    public IReadOnlyList<string> Markers { get; }

    /// <summary>Whether responses may have any form.</summary>
    public bool IsFreeForm => Markers.Count == 0;

    internal ThoughtSkeleton Skeleton { get; }

    /// <summary>The text that the model reads.</summary>
    public string Render(string prompt) => $"{Prefix}{prompt}{Suffix}{Opening}";

    /// <summary>The share of the markers that occur exactly once in a response; 1 for free-form templates.</summary>
    public double FormatScore(string response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return IsFreeForm ? 1 : Markers.Count(marker => OccursOnce(response, marker)) / (double)Markers.Count;
    }

    private static bool OccursOnce(string text, string marker)
    {
        int first = text.IndexOf(marker, StringComparison.Ordinal);
        return first >= 0 && text.IndexOf(marker, first + marker.Length, StringComparison.Ordinal) < 0;
    }
}
