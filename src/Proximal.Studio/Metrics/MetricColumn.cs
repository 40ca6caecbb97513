namespace Proximal.Studio.Metrics;

/// <summary>The values of one metric and the rows in which they stood.</summary>
internal sealed class MetricColumn(string name, byte[] utf8Name)
{
    private readonly List<int> rows = [];
    private readonly List<double> values = [];

    public string Name { get; } = name;

    /// <summary>The name as it stands in the file.</summary>
    public ReadOnlySpan<byte> Utf8Name => utf8Name;

    public int Count => values.Count;

    public int RowAt(int index) => rows[index];

    public double ValueAt(int index) => values[index];

    public void Add(int row, double value)
    {
        rows.Add(row);
        values.Add(value);
    }
}
