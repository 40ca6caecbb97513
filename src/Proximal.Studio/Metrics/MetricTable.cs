using System.Text;
using System.Text.Json;
using Proximal.Analysis.Curves;
using Proximal.Runs;

namespace Proximal.Studio.Metrics;

/// <summary>
/// The metrics of a run in columns. Follows the file while it grows: only new lines are read, and a file that was cut back or replaced (a run
/// that was continued from a checkpoint, or started anew) is read from its beginning again. Safe for several threads.
/// </summary>
internal sealed class MetricTable(string path)
{
    private const int LongestLine = 1 << 20;
    private const int MostColumns = 4_096;
    private const int RememberedBytes = 256;
    private const string StepSeconds = "time/step-seconds";
    private const string TokenSpeed = "time/tokens-per-second";
    private const string StepSpeed = "time/steps-per-second";
    private const string SampledTokens = "cost/sampled-tokens";
    private const string EvaluationFamily = "evaluation/";

    private readonly Lock gate = new();
    private readonly List<MetricRow> rows = [];
    private readonly List<MetricColumn> columns = [];
    private readonly Dictionary<string, MetricColumn> byName = new(StringComparer.Ordinal);
    private readonly List<(MetricColumn Column, double Value)> found = [];
    private byte[] remembered = [];
    private long offset;
    private long lineNumber;
    private long stagesBefore;
    private string? fault;

    /// <summary>Numbers that are held.</summary>
    public long Size { get; private set; }

    /// <summary>What is wrong with the file, as a sentence; null where nothing is. What stands before the damage can be asked for.</summary>
    public string? Fault
    {
        get
        {
            lock (gate)
            {
                return fault;
            }
        }
    }

    /// <summary>Names of all metrics in the order in which they came up.</summary>
    public IReadOnlyList<string> Names()
    {
        lock (gate)
        {
            Refresh();
            return [.. columns.Select(column => column.Name)];
        }
    }

    /// <summary>The stages that the run went through, in order.</summary>
    public IReadOnlyList<TrainingStage> Stages()
    {
        lock (gate)
        {
            Refresh();
            return [.. rows.Select(row => row.Stage).Distinct()];
        }
    }

    /// <summary>The last row; null where there is none.</summary>
    public MetricRow? Last()
    {
        lock (gate)
        {
            Refresh();
            return rows.Count == 0 ? null : rows[^1];
        }
    }

    /// <summary>Reads a metric. One that the run does not have is empty.</summary>
    public CurveAnswer Read(CurveQuery query)
    {
        double[] x, y;
        lock (gate)
        {
            Refresh();
            (x, y) = Select(query);
        }

        double[] smoothed = [];
        if (query.Smoothing > 0)
        {
            // Over the whole curve before it is cut, so that a zoom shows the same values.
            smoothed = new double[y.Length];
            Smoothing.Exponential(y, query.Smoothing, smoothed);
        }

        (int begin, int end) = Within(x, query.From, query.To);
        ReadOnlySpan<double> shownX = x.AsSpan(begin, end - begin), shownY = y.AsSpan(begin, end - begin);
        return new CurveAnswer(
            query.Name,
            shownX.Length,
            Decimation.Thin(shownX, shownY, query.Points),
            query.Smoothing > 0 ? Decimation.Thin(shownX, smoothed.AsSpan(begin, end - begin), query.Points) : null,
            query.Bins > 0 ? Decimation.Means(shownX, shownY, query.From, query.To, query.Bins) : null);
    }

    /// <summary>A metric against every axis, thinned out along the steps: the same points on each.</summary>
    /// <param name="name">Name of the metric.</param>
    /// <param name="points">The most points.</param>
    public MetricSample Sample(string name, int points)
    {
        double[] steps, tokens, seconds, y;
        lock (gate)
        {
            Refresh();
            CurveQuery query = new(name);
            (steps, y) = Select(query);
            (tokens, _) = Select(query with { Axis = CurveAxis.Tokens });
            (seconds, _) = Select(query with { Axis = CurveAxis.Time });
        }

        int[] kept = Decimation.Choose(steps, y, points);
        return new MetricSample(name, y.Length, Decimation.Take(steps, kept), Decimation.Take(tokens, kept), Decimation.Take(seconds, kept), Decimation.Take(y, kept));
    }

    /// <summary>The points between the ends and one more on each side, so that lines run to the edges of the picture.</summary>
    private static (int Begin, int End) Within(double[] x, double from, double to)
    {
        int begin = Array.FindIndex(x, at => at >= from), end = Array.FindLastIndex(x, at => at <= to) + 1;
        return begin < 0 || end <= begin ? (Math.Max(0, end - 1), Math.Min(x.Length, Math.Max(0, end - 1) + 2)) : (Math.Max(0, begin - 1), Math.Min(x.Length, end + 1));
    }

    private (double[] X, double[] Y) Select(CurveQuery query)
    {
        if (!byName.TryGetValue(query.Name, out MetricColumn? column))
        {
            return ([], []);
        }

        TrainingStage stage = query.Stage ?? DefaultStage(column);
        bool startsBefore = !query.AllStages && stage == TrainingStage.Policy && query.Name.Contains(EvaluationFamily, StringComparison.Ordinal);
        List<double> x = new(column.Count), y = new(column.Count);
        double before = double.NaN, origin = double.NaN, last = double.NegativeInfinity;
        for (int i = 0; i < column.Count; i++)
        {
            MetricRow row = rows[column.RowAt(i)];
            if (!query.AllStages && row.Stage != stage)
            {
                before = row.Stage < stage ? column.ValueAt(i) : before;
                continue;
            }

            if (x.Count == 0 && startsBefore && row.Step > 0 && double.IsFinite(before))
            {
                // What was measured after the stage before is where this one began.
                x.Add(0);
                y.Add(before);
            }

            double at = query.Axis switch
            {
                CurveAxis.Tokens => row.Tokens,
                CurveAxis.Time => row.Seconds,
                _ => query.AllStages ? row.GlobalStep : row.Step,
            };
            if (query.Axis != CurveAxis.Step && !query.AllStages)
            {
                origin = double.IsNaN(origin) ? StageStart(stage, query.Axis) : origin;
                at -= origin;
            }

            last = Math.Max(last, at);
            x.Add(last);
            y.Add(column.ValueAt(i));
        }

        return ([.. x], [.. y]);
    }

    private TrainingStage DefaultStage(MetricColumn column)
    {
        TrainingStage found = TrainingStage.Policy;
        for (int i = column.Count - 1; i >= 0; i--)
        {
            TrainingStage stage = rows[column.RowAt(i)].Stage;
            if (stage == TrainingStage.Policy)
            {
                return stage;
            }

            found = i == column.Count - 1 ? stage : found;
        }

        return found;
    }

    private double StageStart(TrainingStage stage, CurveAxis axis)
    {
        int first = rows.FindIndex(row => row.Stage == stage);
        return first <= 0 ? 0 : axis == CurveAxis.Tokens ? rows[first - 1].Tokens : rows[first - 1].Seconds;
    }

    private void Refresh()
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            Reset();
            return;
        }

        if (file.LinkTarget is not null)
        {
            Reset();
            fault = $"{file.Name}: is a link; expected a file of the run itself.";
            return;
        }

        if (file.Length == offset)
        {
            return;
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length < offset || !ContinuesWhatWasRead(stream))
            {
                Reset();
            }

            ReadLines(stream);
        }
        catch (IOException exception)
        {
            fault = exception.Message;
        }
        catch (UnauthorizedAccessException exception)
        {
            fault = exception.Message;
        }
    }

    private bool ContinuesWhatWasRead(FileStream stream)
    {
        byte[] there = new byte[remembered.Length];
        stream.Seek(offset - there.Length, SeekOrigin.Begin);
        return stream.ReadAtLeast(there, there.Length, throwOnEndOfStream: false) == there.Length && there.AsSpan().SequenceEqual(remembered);
    }

    private void Reset()
    {
        rows.Clear();
        columns.Clear();
        byName.Clear();
        remembered = [];
        offset = lineNumber = stagesBefore = Size = 0;
        fault = null;
    }

    private void ReadLines(FileStream stream)
    {
        if (fault is not null)
        {
            return;
        }

        stream.Seek(offset, SeekOrigin.Begin);
        byte[] buffer = new byte[(int)Math.Min(LongestLine, Math.Max(4_096, stream.Length - offset))];
        int filled = 0;
        while (true)
        {
            int read = stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            int start = 0;
            for (int length = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n'); length >= 0; length = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n'))
            {
                lineNumber++;
                ReadOnlySpan<byte> line = buffer.AsSpan(start, length);
                if (!TryAdd(line))
                {
                    return;
                }

                start += length + 1;
                offset += length + 1;
            }

            if (start > 0)
            {
                int kept = Math.Min(RememberedBytes, start);
                remembered = buffer.AsSpan(start - kept, kept).ToArray();
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            if (read == 0)
            {
                return;
            }

            if (filled == buffer.Length)
            {
                if (buffer.Length >= LongestLine)
                {
                    fault = $"{Path.GetFileName(path)}:{lineNumber + 1}: the line is longer than {LongestLine} bytes.";
                    return;
                }

                Array.Resize(ref buffer, Math.Min(LongestLine, buffer.Length * 2));
            }
        }
    }

    private bool TryAdd(ReadOnlySpan<byte> line)
    {
        if (!line.ContainsAnyExcept(" \t\r"u8))
        {
            return true;
        }

        try
        {
            Add(line);
            return true;
        }
        catch (JsonException exception)
        {
            fault = $"{Path.GetFileName(path)}:{lineNumber}: damaged, {exception.Message}";
            return false;
        }
    }

    /// <summary>Adds a line whole or not at all.</summary>
    private void Add(ReadOnlySpan<byte> line)
    {
        Utf8JsonReader json = new(line);
        TrainingStage? stage = null;
        int step = -1, next = 0;
        found.Clear();
        Require(json.Read() && json.TokenType == JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("stage"u8))
            {
                json.Read();
                Require(json.TokenType == JsonTokenType.String);
                stage = StageOf(ref json);
            }
            else if (json.ValueTextEquals("step"u8))
            {
                json.Read();
                Require(json.TokenType == JsonTokenType.Number && json.TryGetInt32(out step) && step >= 0);
            }
            else
            {
                MetricColumn column = ColumnOf(ref json, next, out next);
                json.Read();
                Require(json.TokenType is JsonTokenType.Number or JsonTokenType.Null);
                found.Add((column, json.TokenType == JsonTokenType.Null ? double.NaN : json.GetDouble()));
            }
        }

        Require(json.TokenType == JsonTokenType.EndObject && stage is not null && step >= 0);
        AddRow(stage!.Value, step);
    }

    /// <summary>The lines of a run name the same metrics in the same order: the column after the last one is nearly always right.</summary>
    private MetricColumn ColumnOf(ref Utf8JsonReader json, int guess, out int next)
    {
        if (guess < columns.Count && json.ValueTextEquals(columns[guess].Utf8Name))
        {
            next = guess + 1;
            return columns[guess];
        }

        string name = json.GetString()!;
        if (!byName.TryGetValue(name, out MetricColumn? column))
        {
            Require(columns.Count < MostColumns);
            column = new MetricColumn(name, Encoding.UTF8.GetBytes(name));
            byName.Add(name, column);
            columns.Add(column);
        }

        next = columns.IndexOf(column) + 1;
        return column;
    }

    private void AddRow(TrainingStage stage, int step)
    {
        MetricRow before = rows.Count > 0 ? rows[^1] : default;
        if (rows.Count > 0 && before.Stage != stage)
        {
            stagesBefore = before.GlobalStep;
        }

        double stepSeconds = 0, tokenSpeed = 0, stepSpeed = 0, sampled = 0;
        foreach ((MetricColumn column, double value) in found)
        {
            column.Add(rows.Count, value);
            double finite = double.IsFinite(value) && value > 0 ? value : 0;
            switch (column.Name)
            {
                case StepSeconds: stepSeconds = finite; break;
                case TokenSpeed: tokenSpeed = finite; break;
                case StepSpeed: stepSpeed = finite; break;
                case SampledTokens: sampled = finite; break;
            }
        }

        // Control runs tell steps per second over the steps since the line before.
        double seconds = stepSeconds > 0 ? stepSeconds : stepSpeed > 0 && step > before.Step ? (step - before.Step) / stepSpeed : 0;
        rows.Add(new MetricRow(stage, step, stagesBefore + step, before.Seconds + seconds, before.Tokens + (sampled > 0 ? sampled : tokenSpeed * stepSeconds)));
        Size += found.Count + 5;
    }

    private static TrainingStage StageOf(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("policy"u8))
        {
            return TrainingStage.Policy;
        }

        Require(Enum.TryParse(json.GetString(), ignoreCase: true, out TrainingStage stage) && Enum.IsDefined(stage));
        return stage;
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new JsonException("expected an object with a stage, a step and numbers");
        }
    }
}
