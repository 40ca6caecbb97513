using System.Text.Json;
using Proximal.Control.Learning;
using Proximal.Runs;

namespace Proximal.Control.Runs;

/// <summary>What learners told since the last report, averaged: an iteration can be a single step, and need not have an update.</summary>
internal sealed class MetricMeans
{
    private readonly SortedList<string, (double Sum, long Count)> sums = new(StringComparer.Ordinal);

    /// <summary>Adds the numbers of an iteration.</summary>
    public void Add(MetricTable iteration)
    {
        IReadOnlyList<string> names = iteration.Names;
        for (int i = 0; i < names.Count; i++)
        {
            double value = iteration[names[i]];
            if (!double.IsNaN(value))
            {
                (double sum, long count) = sums.GetValueOrDefault(names[i]);
                sums[names[i]] = (sum + value, count + 1);
            }
        }
    }

    /// <summary>The means by name, which are then forgotten. Sorted: the order in which a process met the names must not be seen.</summary>
    public IReadOnlyList<Metric> Take()
    {
        Metric[] means = [.. sums.Select(sum => new Metric(sum.Key, sum.Value.Sum / sum.Value.Count))];
        sums.Clear();
        return means;
    }

    /// <summary>Writes the sums as an object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach ((string name, (double sum, long count)) in sums)
        {
            json.WriteStartArray(name);
            json.WriteNumberValue(sum);
            json.WriteNumberValue(count);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Takes up what <see cref="Write"/> wrote.</summary>
    public void Read(JsonElement element)
    {
        foreach (JsonProperty sum in element.EnumerateObject())
        {
            sums[sum.Name] = (sum.Value[0].GetDouble(), sum.Value[1].GetInt64());
        }
    }
}
