using System.Globalization;
using System.Text;
using Proximal.Analysis.Curves;

namespace Proximal.Benchmarks;

/// <summary>
/// Draws the learning curves that <see cref="ControlEvidence"/> wrote: a line for the mean of each table's seeds and a band from the lowest to the highest,
/// on common steps.
/// </summary>
internal static class ControlCurves
{
    private const int GridPoints = 100;

    public static void Run(string picture, string title, string[] tables)
    {
        CurveSeries[] series = [.. tables.Select(Read)];
        CurvePlotOptions options = new()
        {
            Title = title,
            XLabel = "steps",
            YLabel = "mean return",
            Width = 720,
            Height = 400,
            PixelRatio = 1,
        };
        byte[] bytes = picture.EndsWith(".png", StringComparison.Ordinal) ? CurvePlot.ToPng(series, options) : Encoding.UTF8.GetBytes(CurvePlot.ToSvg(series, options));
        File.WriteAllBytes(picture, bytes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{picture}: {series.Length} curves, {bytes.Length:N0} bytes"));
    }

    /// <summary>A table <c>NAME=FILE</c>, or a file that names its curve.</summary>
    private static CurveSeries Read(string table)
    {
        string[] parts = table.Split('=', 2);
        (string name, string file) = parts.Length == 2 ? (parts[0], parts[1]) : (Path.GetFileNameWithoutExtension(table), table);
        IGrouping<int, (int Seed, double Step, double Value)>[] seeds =
        [
            .. File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Select(cells => (int.Parse(cells[0], CultureInfo.InvariantCulture), Number(cells[1]), Number(cells[2])))
                .GroupBy(row => row.Item1),
        ];
        double last = seeds.Max(seed => seed.Max(row => row.Step));
        double[] grid = [.. Enumerable.Range(1, GridPoints).Select(i => last * i / GridPoints)];
        return new CurveSeries(name, grid, [.. seeds.Select(seed => OnGrid([.. seed], grid))]);
    }

    /// <summary>The newest value at every step of the grid; NaN before the first.</summary>
    private static double[] OnGrid((int Seed, double Step, double Value)[] rows, double[] grid)
    {
        double[] values = new double[grid.Length];
        for (int i = 0, row = 0; i < grid.Length; i++)
        {
            while (row < rows.Length && rows[row].Step <= grid[i])
            {
                row++;
            }

            values[i] = row == 0 ? double.NaN : rows[row - 1].Value;
        }

        return values;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
