using System.Text.RegularExpressions;
using System.Xml.Linq;
using Proximal.Analysis.Comparisons;

namespace Proximal.Analysis.Tests.Comparisons;

/// <summary>Reports show what was measured, stand alone, and let nobody's text act.</summary>
public sealed partial class ComparisonReportTests
{
    private const string Hostile = "<script>alert('1')</script>|[a](javascript:b) \u001b\"&";

    private static readonly Comparison Plain = ComparisonTests.Compare(("base", [0.1, 0.2, 0.3]), ("better", [0.2, 0.4, 0.9]));

    private static readonly Comparison Wild = new(
        Hostile,
        [ComparisonTests.Run(Hostile, 1, 0.5), ComparisonTests.Run("b", 1, 0.7) with { Failure = Hostile }],
        "evaluation/exact")
    {
        Warnings = [Hostile],
        Notes = [Hostile],
        Differences = new Dictionary<string, IReadOnlyList<string>> { ["b"] = [Hostile] },
    };

    [Fact]
    public void The_page_needs_nothing_from_elsewhere()
    {
        string page = ComparisonHtml.Write(Plain);

        Assert.DoesNotMatch(@"(?i)\b(src|href|srcset|action|poster|data)\s*=", page);
        Assert.DoesNotMatch(@"(?i)@import|<script|<link|<iframe|<object|<embed|url\((?!#)", page);
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        Assert.Contains("width=device-width", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_page_is_well_formed_and_every_id_is_there_once(bool isWild)
    {
        string page = ComparisonHtml.Write(isWild ? Wild : Plain);
        string body = page[page.IndexOf("<main>", StringComparison.Ordinal)..(page.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)];

        XDocument document = XDocument.Parse(body.Replace("<br>", "<br/>", StringComparison.Ordinal));

        Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName == "script");
        string[] ids = [.. document.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Reference().Matches(page), match => Assert.Contains(match.Groups[1].Value, ids));
    }

    [Fact]
    public void All_text_of_a_page_is_escaped()
    {
        string page = ComparisonHtml.Write(Wild);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', page);
        Assert.Contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_has_a_row_for_each_method_and_lets_no_text_act()
    {
        string plain = ComparisonMarkdown.Write(Plain), wild = ComparisonMarkdown.Write(Wild);

        Assert.Matches(@"(?m)^\| better \| 3 \| 0\.050 \| 0\.500 \[0\.\d+, 0\.\d+\] \| 0\.500 \[.*\] \| \+0\.300 \[.*\] \| 0\.833 \[.*\] \|$", plain);
        Assert.Contains("![evaluation/exact](curve-evaluation-exact.svg)", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", wild, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?<!\\)\[a\]\(", wild);
        Assert.All(wild.Split('\n').Where(line => line.StartsWith('|')), line => Assert.Matches(@"^\|([^|\\]|\\.)*(\|([^|\\]|\\.)*)+\|$", line));
    }

    [Fact]
    public void Csv_holds_every_number_in_full_and_no_formula()
    {
        string[] lines = ComparisonCsv.Methods(Plain).Split("\r\n");
        string[] titles = lines[0].Split(','), better = lines[2].Split(',');
        Assert.Equal("better", better[0]);
        Assert.Equal(Plain.Summaries[1].Mean.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), better[Array.IndexOf(titles, "mean")]);
        Assert.Equal("", lines[1].Split(',')[Array.IndexOf(titles, "difference")]);

        Comparison formula = new("t", [ComparisonTests.Run("=1+1", 1, 0.5) with { Failure = "a, \"b\"\nc" }], "evaluation/exact");
        Assert.Contains("\r\n'=1+1,1,,,,,12,\"a, \"\"b\"\"\nc\"\r\n", ComparisonCsv.Runs(formula), StringComparison.Ordinal);
    }

    [Fact]
    public void All_files_of_a_report_are_written()
    {
        string folder = Directory.CreateTempSubdirectory("proximal-").FullName;
        try
        {
            ComparisonReport.Write(Plain, Path.Combine(folder, "new"));
            ComparisonReport.Write(Plain, Path.Combine(folder, "new"));
            Assert.Equal(
                ["curve-evaluation-exact.svg", "report.csv", "report.html", "report.md", "runs.csv"],
                Directory.EnumerateFiles(Path.Combine(folder, "new")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"url\(#([^)]+)\)")]
    private static partial Regex Reference();
}
