using System.Diagnostics;
using System.Globalization;
using Proximal.Models.Configuration;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;
using Proximal.Tensors.Segments;

namespace Proximal.Benchmarks;

/// <summary>Training and generation of three Llama-shaped models, in the sizes of the PyTorch program that it is compared with.</summary>
internal static class LanguageModelBenchmark
{
    private static readonly (string Name, int Width, int Layers, int Heads, int Inner, int Vocabulary)[] Models =
    [
        ("tiny", 128, 4, 4, 384, 64),
        ("small", 384, 6, 6, 1024, 4096),
        ("base", 768, 12, 12, 2048, 32000),
    ];

    // As in the trainer: activations of a part of the batch stay in the caches, and the sums go on where the part before stopped.
    private const int MicrobatchTokens = 512;

    private static readonly (string Model, int Batch, int Length)[] Training = [("tiny", 64, 64), ("tiny", 8, 64), ("small", 16, 128), ("base", 4, 256)];

    private static readonly (string Model, int Batch, int Prompt, int New)[] Generating =
    [
        ("tiny", 1, 16, 64), ("tiny", 64, 16, 64), ("tiny", 256, 16, 64), ("small", 1, 16, 64), ("small", 64, 16, 64), ("base", 1, 16, 32), ("base", 16, 16, 32),
    ];

    public static void Run(string[] arguments)
    {
        int workers = arguments is [.., "--workers", { } count] ? int.Parse(count, CultureInfo.InvariantCulture) : Environment.ProcessorCount;
        string only = arguments is [{ } first, ..] && !first.StartsWith('-') ? first : "";
        using Workers pool = new(workers);
        Console.WriteLine($"workers {workers}");
        foreach ((string name, int batch, int length) in Training.Where(t => only.Length == 0 || t.Model == only))
        {
            Train(name, batch, length, pool);
        }

        foreach ((string name, int batch, int prompt, int tokens) in Generating.Where(t => only.Length == 0 || t.Model == only))
        {
            Generate(name, batch, prompt, tokens, pool);
        }
    }

    private static LlamaModel NewModel(string name)
    {
        (_, int width, int layers, int heads, int inner, int vocabulary) = Models.First(m => m.Name == name);
        return LlamaModel.Create(
            new LlamaConfiguration
            {
                VocabularySize = vocabulary,
                HiddenSize = width,
                IntermediateSize = inner,
                Layers = layers,
                Heads = heads,
                KeyValueHeads = heads,
                HeadDimension = width / heads,
                MaximumPositions = 2048,
            },
            1);
    }

    private static void Train(string name, int batch, int length, Workers pool)
    {
        using LlamaModel model = NewModel(name);
        using LlamaLanes lanes = new(model, pool);
        using AdamW optimizer = new(model.Parameters, new AdamOptions { LearningRate = 1e-4, WeightDecay = 0.01 }, pool);
        int count = lanes.CountFor(batch * length), share = batch * length / count;
        int microbatch = Math.Min(batch / count, Math.Max(1, MicrobatchTokens / length)) * length;
        SegmentLayout layout = new();
        int[] tokens = new int[batch * length], rows = new int[tokens.Length], targets = new int[tokens.Length];
        float[] seeds = new float[tokens.Length];
        RandomStream random = new(1, RandomPurpose.User);
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = random.Integer(i, model.Configuration.VocabularySize);
            targets[i] = random.Integer(i + tokens.Length, model.Configuration.VocabularySize);
            rows[i] = i;
            seeds[i] = -1f / tokens.Length;
        }

        for (int i = 0; i < microbatch; i += length)
        {
            layout.Add(-1, length);
        }

        void Step()
        {
            optimizer.ClearGradients();
            lanes.Run(count, recording: true, Pass);
            lanes.SumGradients(count);
            optimizer.Step();
        }

        void Pass(LlamaLane lane, int index)
        {
            for (int start = index * share; start < (index + 1) * share; start += microbatch)
            {
                Range part = start..(start + microbatch);
                Tensor hidden = lane.Model.Forward(lane.Tape, tokens.AsSpan(part), layout);
                Tensor logProb = lane.Model.Score(hidden, rows.AsSpan(0, microbatch), targets.AsSpan(part), out _);
                lane.Tape.Seed(logProb, seeds.AsSpan(part));
                lane.Tape.Backward();
                lane.Tape.Reset();
            }
        }

        Step();
        Step();
        long allocated = GC.GetTotalAllocatedBytes(true);
        (double seconds, int steps) = Repeat(Step, name == "base" ? 12 : 3);
        double perStep = (GC.GetTotalAllocatedBytes(true) - allocated) / (double)steps;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"train    {name,-6} params {model.ParameterCount,11:N0}  B {batch,3}  T {length,4}  {batch * length / seconds,10:N0} tokens/s  {seconds * 1e3,8:F1} ms  {perStep,6:N0} bytes allocated/step"));
    }

    private static void Generate(string name, int batch, int prompt, int tokens, Workers pool)
    {
        using LlamaModel model = NewModel(name);
        using Generator generator = new(model, new SamplingOptions(), workers: pool);
        RandomStream random = new(2, RandomPurpose.User);
        int round = 0;
        void Run()
        {
            List<GenerationJob> jobs = [];
            for (int i = 0; i < batch; i++)
            {
                int[] ids = new int[prompt];
                for (int j = 0; j < prompt; j++)
                {
                    ids[j] = random.Integer((i * prompt) + j, model.Configuration.VocabularySize);
                }

                TokenTree tree = new(ids);
                jobs.Add(new GenerationJob(tree, tree.Branch(0, SegmentOrigin.Policy), new RandomStream(3, RandomPurpose.Sampling, round, i), tokens));
            }

            generator.Run(jobs);
            round++;
        }

        Run();
        (double seconds, _) = Repeat(Run, 3);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"generate {name,-6} B {batch,3}  prompt {prompt}  new {tokens}  {batch * tokens / seconds,10:N0} tokens/s"));
    }

    private static (double Seconds, int Count) Repeat(Action action, double seconds)
    {
        int count = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            action();
            count++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
        return (Stopwatch.GetElapsedTime(start).TotalSeconds / count, count);
    }
}
