using Proximal.Models.Llama;
using Proximal.Tensors;

namespace Proximal.Models.Generation;

/// <summary>The part of a generator that one thread runs: first the paths above the new segments, then the segments token by token, all together.</summary>
internal sealed class GeneratorLane : IDisposable
{
    // What the caches of a block take at most, unless the weights take more: both are read for every token.
    private const long FewestCacheBytes = 4L << 20;

    // Rows of a register tile: blocks are whole tiles.
    private const int TileRows = 12;

    private readonly LlamaDecoder decoder;
    private readonly SamplingOptions sampling;
    private readonly TokenSampler sampler;
    private readonly int[] endOfSequence;
    private readonly int maximumPositions;
    private readonly long weightBytes;
    private readonly bool isMixture;
    private readonly List<Row> rows = [];
    private readonly Dictionary<(TokenTree Tree, int Segment), Prefix> prefixes = [];
    private readonly int[] tokens = new int[LlamaDecoder.MaximumRows];
    private readonly int[] segments = new int[LlamaDecoder.MaximumRows];

    public GeneratorLane(LlamaModel model, Workers workers, SamplingOptions sampling, int[] endOfSequence)
    {
        decoder = new LlamaDecoder(model, workers);
        sampler = new TokenSampler(sampling);
        this.sampling = sampling;
        this.endOfSequence = endOfSequence;
        maximumPositions = model.Configuration.MaximumPositions;
        isMixture = model.Configuration.Experts > 0;
        weightBytes = model.ParameterCount * sizeof(float);
    }

    /// <summary>Samples the jobs <paramref name="from"/> up to <paramref name="to"/>.</summary>
    /// <param name="jobs">All jobs.</param>
    /// <param name="from">First job.</param>
    /// <param name="to">One past the last job.</param>
    /// <param name="tokenSampled">Told of every token.</param>
    public void Run(IReadOnlyList<GenerationJob> jobs, int from, int to, Action<int, int>? tokenSampled)
    {
        for (int start = from; start < to;)
        {
            if (start == from || jobs[start].Tree != jobs[start - 1].Tree)
            {
                Forget();
            }

            int end = BlockEnd(jobs, start, to);
            Start(jobs, start, end, tokenSampled);
            while (rows.Count > 0)
            {
                Advance(tokenSampled);
            }

            start = end;
        }

        Forget();
    }

    public void Dispose() => decoder.Dispose();

    /// <summary>
    /// One past the last job of a block. Its caches should stay in those of the processor while its jobs are sampled together; it ends with a tree where
    /// it can, so that the next one needs nothing of what this one has cached.
    /// </summary>
    private int BlockEnd(IReadOnlyList<GenerationJob> jobs, int start, int to)
    {
        long room = Math.Max(FewestCacheBytes, weightBytes) / decoder.Cache.TokenBytes;
        int end = start;
        for (; end < to && end - start < LlamaDecoder.MaximumRows; end++)
        {
            GenerationJob job = jobs[end];
            room -= Math.Min(job.Budget, maximumPositions - job.Segment.Depth) + (end == start || job.Tree != jobs[end - 1].Tree ? job.Segment.Depth : 0);
            if (room < 0 && end - start >= TileRows)
            {
                end -= (end - start) % TileRows;
                break;
            }
        }

        int boundary = end;
        while (boundary > start && boundary < to && jobs[boundary].Tree == jobs[boundary - 1].Tree)
        {
            boundary--;
        }

        return boundary > start ? boundary : end;
    }

    private void Forget()
    {
        decoder.Cache.Reset();
        prefixes.Clear();
        rows.Clear();
    }

    /// <summary>Computes the paths above the new segments, each once, and draws the first token of every segment.</summary>
    private void Start(IReadOnlyList<GenerationJob> jobs, int from, int to, Action<int, int>? tokenSampled)
    {
        for (int i = from; i < to; i++)
        {
            GenerationJob job = jobs[i];
            Prefix prefix = Compute(job.Tree, job.Segment.Parent);
            Row row = new(i, job, decoder.Cache.Add(prefix.CacheSegment), Math.Min(job.Budget, maximumPositions - job.Segment.Depth));
            decoder.Logits(prefix.Hidden);
            if (Draw(row, 0, tokenSampled))
            {
                rows.Add(row);
            }
        }
    }

    private Prefix Compute(TokenTree tree, int segment)
    {
        if (prefixes.TryGetValue((tree, segment), out Prefix known))
        {
            return known;
        }

        TokenSegment given = tree.Segments[segment];
        Prefix above = given.Parent < 0 ? new Prefix(-1, []) : Compute(tree, given.Parent);
        if (given.Tokens.IsEmpty)
        {
            return prefixes[(tree, segment)] = above;
        }

        int cacheSegment = decoder.Cache.Add(above.CacheSegment);
        float[] hidden = new float[decoder.Width];
        for (int start = 0; start < given.Tokens.Length; start += LlamaDecoder.MaximumRows)
        {
            ReadOnlySpan<int> piece = given.Tokens[start..Math.Min(start + LlamaDecoder.MaximumRows, given.Tokens.Length)];
            segments.AsSpan(0, piece.Length).Fill(cacheSegment);
            decoder.Forward(piece, segments.AsSpan(0, piece.Length));
            for (int i = 0; i < piece.Length && isMixture; i++)
            {
                given.RecordRoute(start + i, decoder.Route(i));
            }

            decoder.CopyHidden(piece.Length - 1, hidden);
        }

        return prefixes[(tree, segment)] = new Prefix(cacheSegment, hidden);
    }

    /// <summary>One more token for every row; finished rows leave.</summary>
    private void Advance(Action<int, int>? tokenSampled)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            tokens[i] = rows[i].Job.Segment.Tokens[^1];
            segments[i] = rows[i].CacheSegment;
        }

        decoder.Forward(tokens.AsSpan(0, rows.Count), segments.AsSpan(0, rows.Count));
        decoder.Logits(rows.Count);
        for (int i = 0; i < rows.Count && isMixture; i++)
        {
            TokenSegment segment = rows[i].Job.Segment;
            segment.ReserveRoutes(decoder.Route(i).Length);
            segment.RecordRoute(segment.Tokens.Length - 1, decoder.Route(i));
        }

        int kept = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            if (Draw(rows[i], i, tokenSampled))
            {
                rows[kept++] = rows[i];
            }
        }

        rows.RemoveRange(kept, rows.Count - kept);
    }

    /// <summary>Draws a token from a row of logits; false when the segment has ended.</summary>
    private bool Draw(Row row, int logitsRow, Action<int, int>? tokenSampled)
    {
        TokenSegment segment = row.Job.Segment;
        int position = segment.Depth + segment.Tokens.Length;
        int token = sampler.Sample(decoder.LogitsRow(logitsRow), row.Job.Random, position, out double drawnLogProb);
        decoder.Score(logitsRow, token, out float logProb, out float entropy);
        segment.Append(token, sampling.IsModelDistribution ? logProb : (float)drawnLogProb, entropy);
        tokenSampled?.Invoke(row.Index, token);
        if (Array.IndexOf(endOfSequence, token) >= 0)
        {
            segment.End = EndReason.Finished;
            return false;
        }

        if (segment.Tokens.Length >= row.Budget)
        {
            segment.End = EndReason.Truncated;
            return false;
        }

        return true;
    }

    private readonly record struct Row(int Index, GenerationJob Job, int CacheSegment, int Budget);

    /// <summary>A segment that is in the cache, and the hidden state of its last token.</summary>
    private readonly record struct Prefix(int CacheSegment, float[] Hidden);
}
