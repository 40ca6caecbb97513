using Proximal.Models.Llama;
using Proximal.Tensors;

namespace Proximal.Models.Generation;

/// <summary>
/// Samples segments of token trees from a model. Sequences, not products, are divided over the workers: each decodes its own ones with its own
/// caches, and a prompt that many of them share is computed once a worker. What is sampled depends on nothing but the path and its random numbers.
/// </summary>
public sealed class Generator : IDisposable
{
    private readonly LlamaModel model;
    private readonly Workers workers;
    private readonly GeneratorLane[] lanes;

    /// <summary>Creates a generator.</summary>
    /// <param name="model">The model; its parameters may change between calls of <see cref="Run"/>.</param>
    /// <param name="sampling">How tokens are drawn.</param>
    /// <param name="endOfSequence">Tokens that end a segment; those of the model's configuration when null.</param>
    /// <param name="workers">Threads; <see cref="Workers.Shared"/> when null.</param>
    public Generator(LlamaModel model, SamplingOptions sampling, IReadOnlyList<int>? endOfSequence = null, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sampling);
        this.model = model;
        this.workers = workers ?? Workers.Shared;
        Sampling = sampling.Validate();
        int[] ends = [.. endOfSequence ?? model.Configuration.EndOfSequence];
        lanes = new GeneratorLane[this.workers.Count];
        for (int i = 0; i < lanes.Length; i++)
        {
            lanes[i] = new GeneratorLane(model, this.workers, sampling, ends);
        }
    }

    /// <summary>How tokens are drawn.</summary>
    public SamplingOptions Sampling { get; }

    /// <summary>The longest path that the model takes.</summary>
    public int MaximumPositions => model.Configuration.MaximumPositions;

    /// <summary>Samples all jobs to their end of sequence, their budget or the end of the context.</summary>
    /// <param name="jobs">The segments to sample; jobs of one tree stand together.</param>
    /// <param name="tokenSampled">Told of every token of a job as it comes, from the thread that samples it; job index and token.</param>
    /// <exception cref="ArgumentException">A segment is not empty, has children or is too deep for the model.</exception>
    public void Run(IReadOnlyList<GenerationJob> jobs, Action<int, int>? tokenSampled = null)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        foreach (GenerationJob job in jobs)
        {
            Check(job);
            ReserveRoutes(job);
        }

        // Few sequences of a large model: the products are divided instead.
        if (jobs.Count < lanes.Length)
        {
            lanes[0].Run(jobs, 0, jobs.Count, tokenSampled);
            return;
        }

        model.Pack(workers, forGradients: false);
        LaneWork work = new() { Lanes = lanes, Jobs = jobs, TokenSampled = tokenSampled };
        workers.For(lanes.Length, 1, ref work);
    }

    /// <summary>Frees caches and activations.</summary>
    public void Dispose()
    {
        foreach (GeneratorLane lane in lanes)
        {
            lane.Dispose();
        }
    }

    private void Check(GenerationJob job)
    {
        if (!job.Segment.Tokens.IsEmpty || job.Segment.Children > 0 || job.Segment.Parent < 0)
        {
            throw new ArgumentException($"Segment {job.Segment.Index} is not an empty leaf below a prompt.", nameof(job));
        }

        if (job.Segment.Depth >= MaximumPositions)
        {
            throw new ArgumentException($"A path of {job.Segment.Depth} tokens leaves no room in the {MaximumPositions} positions of the model.", nameof(job));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(job.Budget, 1);
    }

    /// <summary>Makes room for the routes of the tokens above a segment, which several lanes may compute.</summary>
    private void ReserveRoutes(GenerationJob job)
    {
        if (model.Configuration.Experts > 0)
        {
            for (int above = job.Segment.Parent; above >= 0; above = job.Tree.Segments[above].Parent)
            {
                job.Tree.Segments[above].ReserveRoutes(model.Configuration.RouteLength);
            }
        }
    }

    private struct LaneWork : IRangeWork
    {
        public GeneratorLane[] Lanes;
        public IReadOnlyList<GenerationJob> Jobs;
        public Action<int, int>? TokenSampled;

        public readonly void Run(int start, int end, int worker)
        {
            for (int lane = start; lane < end; lane++)
            {
                int from = (int)((long)Jobs.Count * lane / Lanes.Length), to = (int)((long)Jobs.Count * (lane + 1) / Lanes.Length);
                Lanes[lane].Run(Jobs, from, to, TokenSampled);
            }
        }
    }
}
