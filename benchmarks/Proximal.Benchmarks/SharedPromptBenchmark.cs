using System.Globalization;
using Proximal.Models.Configuration;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Rollouts;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Benchmarks;

/// <summary>What a group costs: one prompt of 512 tokens with 8 rollouts of 64, as one tree, as 8 separate chains, and the prompt alone.</summary>
internal static class SharedPromptBenchmark
{
    private const int Prompt = 512;
    private const int Rollouts = 8;
    private const int Tokens = 64;

    public static void Run()
    {
        using LlamaModel model = LlamaModel.Create(
            new LlamaConfiguration { VocabularySize = 64, HiddenSize = 128, IntermediateSize = 384, Layers = 4, Heads = 4, MaximumPositions = 1024 }, 1);
        using Generator generator = new(model, new SamplingOptions());
        using Tape tape = new();
        int[] prompt = new int[Prompt];
        for (int i = 0; i < Prompt; i++)
        {
            prompt[i] = new RandomStream(1, RandomPurpose.User).Integer(i, 64);
        }

        Measure("generate: one tree of 8 rollouts", () => Generate(generator, prompt, [Rollouts]));
        Measure("generate: 8 separate chains     ", () => Generate(generator, prompt, [1, 1, 1, 1, 1, 1, 1, 1]));
        Measure("generate: one rollout           ", () => Generate(generator, prompt, [1]));
        Measure("train:    one tree of 8 rollouts", () => Train(model, tape, Trees(prompt, [Rollouts], Tokens)));
        Measure("train:    8 separate chains     ", () => Train(model, tape, Trees(prompt, [1, 1, 1, 1, 1, 1, 1, 1], Tokens)));
        Measure("train:    one rollout           ", () => Train(model, tape, Trees(prompt, [1], Tokens)));
    }

    private static void Measure(string what, Action action) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}  {Measurement.Of(action, 1).Best * 1e3,8:F1} ms"));

    private static void Generate(Generator generator, int[] prompt, int[] groups)
    {
        List<GenerationJob> jobs = [];
        foreach (int group in groups)
        {
            TokenTree tree = new(prompt);
            for (int i = 0; i < group; i++)
            {
                jobs.Add(new GenerationJob(tree, tree.Branch(0, SegmentOrigin.Policy), new RandomStream(1, RandomPurpose.Sampling, 0, jobs.Count), Tokens));
            }
        }

        generator.Run(jobs);
    }

    private static List<TokenTree> Trees(int[] prompt, int[] groups, int tokens)
    {
        List<TokenTree> trees = [];
        foreach (int group in groups)
        {
            TokenTree tree = new(prompt);
            for (int i = 0; i < group; i++)
            {
                tree.Branch(0, SegmentOrigin.Policy, prompt.AsSpan(0, tokens));
            }

            trees.Add(tree);
        }

        return trees;
    }

    private static void Train(LlamaModel model, Tape tape, List<TokenTree> trees)
    {
        TreePacking packing = new();
        foreach (TokenTree tree in trees)
        {
            packing.Add(tree, SegmentOrigin.Policy);
        }

        Tensor hidden = model.Forward(tape, packing.Tokens, packing.Layout);
        Tensor logProb = model.Score(hidden, packing.ScoredRows, packing.ScoredTokens, out _);
        float[] seeds = new float[logProb.Length];
        seeds.AsSpan().Fill(-1f / seeds.Length);
        tape.Seed(logProb, seeds);
        tape.Backward();
        tape.Reset();
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.ClearGradient();
        }
    }
}
