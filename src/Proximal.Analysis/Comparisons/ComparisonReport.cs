using Proximal.Tensors.Files;

namespace Proximal.Analysis.Comparisons;

/// <summary>Writes the report of a comparison into its folder, each file at once or not at all.</summary>
public static class ComparisonReport
{
    /// <summary>The page: tables and plots in one file.</summary>
    public const string HtmlFile = "report.html";

    /// <summary>The report as Markdown; its plots are SVG files beside it.</summary>
    public const string MarkdownFile = "report.md";

    /// <summary>One line a method.</summary>
    public const string CsvFile = "report.csv";

    /// <summary>One line a run.</summary>
    public const string RunsFile = "runs.csv";

    /// <summary>Writes all files of the report.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="folder">Where they are put; made when missing.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(Comparison comparison, string folder)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(folder);
        AtomicFile.CreateFolder(folder);
        foreach (string metric in comparison.Curves)
        {
            (string name, string svg) = ComparisonMarkdown.Plot(comparison, metric);
            AtomicFile.WriteText(Path.Combine(folder, name), svg);
        }

        AtomicFile.WriteText(Path.Combine(folder, RunsFile), ComparisonCsv.Runs(comparison));
        AtomicFile.WriteText(Path.Combine(folder, CsvFile), ComparisonCsv.Methods(comparison));
        AtomicFile.WriteText(Path.Combine(folder, MarkdownFile), ComparisonMarkdown.Write(comparison));
        AtomicFile.WriteText(Path.Combine(folder, HtmlFile), ComparisonHtml.Write(comparison));
    }
}
