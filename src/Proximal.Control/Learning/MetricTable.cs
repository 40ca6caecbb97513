namespace Proximal.Control.Learning;

/// <summary>Named numbers of the last update, averaged where an update sets one several times. Filling it again allocates nothing.</summary>
public sealed class MetricTable
{
    private readonly List<string> names = [];
    private readonly List<(double Sum, int Count)> values = [];

    /// <summary>Names in the order in which they first came, as <c>loss/policy</c>.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The mean of what was added under a name since the last <see cref="Clear"/>; NaN where nothing was.</summary>
    public double this[string name]
    {
        get
        {
            int index = names.IndexOf(name);
            return index < 0 || values[index].Count == 0 ? double.NaN : values[index].Sum / values[index].Count;
        }
    }

    /// <summary>Adds a number.</summary>
    public void Add(string name, double value)
    {
        int index = names.IndexOf(name);
        if (index < 0)
        {
            names.Add(name);
            values.Add((value, 1));
            return;
        }

        values[index] = (values[index].Sum + value, values[index].Count + 1);
    }

    /// <summary>Forgets the numbers and keeps the names.</summary>
    public void Clear()
    {
        for (int i = 0; i < values.Count; i++)
        {
            values[i] = default;
        }
    }
}
