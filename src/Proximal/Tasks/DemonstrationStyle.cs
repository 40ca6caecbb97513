namespace Proximal.Tasks;

/// <summary>How an expert writes the steps of a demonstration.</summary>
public enum DemonstrationStyle
{
    /// <summary>As the task itself demonstrates: <c>6+4=10</c>.</summary>
    Canonical,

    /// <summary>With words in place of operators: <c>6 plus 4 is 10</c>.</summary>
    Verbose,
}
