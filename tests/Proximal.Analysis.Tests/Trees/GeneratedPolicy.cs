namespace Proximal.Analysis.Tests.Trees;

/// <summary>A decision tree with 7 leaves and at most 4 questions.</summary>
public static class GeneratedPolicy
{
    /// <summary>Name of every action.</summary>
    public static System.Collections.Generic.IReadOnlyList<string> Actions { get; } =
    [
        "0",
        "1",
        "2",
    ];

    /// <summary>The action for an input.</summary>
    public static int Choose(double feature0, double feature1, double feature2)
    {
        if (feature0 <= 0.3316657990217209)
        {
            if (feature0 <= 0.1291632279753685)
            {
                if (feature0 <= 0.11504677683115005)
                {
                    return 0; // 0
                }
                else
                {
                    return 1; // 1
                }
            }
            else
            {
                return 0; // 0
            }
        }
        else
        {
            if (feature0 <= 0.6688579618930817)
            {
                return 1; // 1
            }
            else
            {
                if (feature2 <= 0.5100595653057098)
                {
                    if (feature0 <= 0.8104393184185028)
                    {
                        return 0; // 0
                    }
                    else
                    {
                        return 2; // 2
                    }
                }
                else
                {
                    return 2; // 2
                }
            }
        }
    }
}
