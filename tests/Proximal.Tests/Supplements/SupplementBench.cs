using Proximal.Environments;
using Proximal.Models.Configuration;
using Proximal.Models.Llama;
using Proximal.Models.Tokenizers;
using Proximal.Rollouts;
using Proximal.Supplements;
using Proximal.Tasks;
using Proximal.Tasks.Families;
using Proximal.Tensors;
using Proximal.Training;

namespace Proximal.Tests.Supplements;

/// <summary>A tiny policy on modular chains, with explanations that are scripted.</summary>
internal sealed class SupplementBench : IDisposable
{
    private readonly List<IDisposable> owned = [];
    private readonly Workers workers = new(1);

    public SupplementBench(Func<TaskInstance, int, string>? explain = null, int difficulty = 1)
    {
        Task = new ModularChainTask(new ModularOptions { Difficulty = difficulty, FullVocabulary = true });
        string[] special = ["<bos>", "<eos>", "<pad>", .. Task.Symbols.Where(symbol => symbol.Length > 1 && symbol is not ("<bos>" or "<eos>" or "<pad>"))];
        Tokenizer = new SymbolTokenizer(string.Concat(Task.Symbols.Where(symbol => symbol.Length == 1)), special, "<bos>", "<eos>", "<pad>");
        Policy = LlamaModel.Create(
            new LlamaConfiguration
            {
                VocabularySize = Tokenizer.VocabularySize,
                HiddenSize = 16,
                IntermediateSize = 20,
                Layers = 1,
                Heads = 2,
                MaximumPositions = 128,
            },
            seed: 3);
        Reference = Policy.Clone(trainable: false);
        Explanations = new ScriptedRollouts(Task, Tokenizer, explain ?? ((problem, _) => Task.Demonstration(problem)));
        Parts = new SupplementParts(_ => Explanations, () => new TargetLosses(Own(new UpdateLanes(Policy, workers, 1000))), owned.Add)
        {
            Policy = Policy,
            Reference = Reference,
            Task = Task,
            Environment = SingleTurn.Instance,
            Tokenizer = Tokenizer,
            EndOfSequence = Tokenizer.EndOfSequence!.Value,
        };
    }

    public ModularChainTask Task { get; }

    public SymbolTokenizer Tokenizer { get; }

    public LlamaModel Policy { get; }

    public LlamaModel Reference { get; }

    public ScriptedRollouts Explanations { get; }

    public SupplementParts Parts { get; }

    /// <summary>A step whose groups have two rollouts each, of the given texts.</summary>
    public SupplementStep Step(int prompts, Func<TaskInstance, int, string> write, int step = 0)
    {
        RolloutBatch batch = new ScriptedRollouts(Task, Tokenizer, write).Generate(
            [.. Enumerable.Range(0, prompts).Select(i => Task.Generate(TaskSplit.Train, i))],
            new RolloutRequest(2, 1, default, step));
        return new SupplementStep([batch], 1, step, 10);
    }

    public void ClearGradients()
    {
        foreach (Parameter parameter in Policy.Parameters)
        {
            parameter.ClearGradient();
        }
    }

    public float[] Gradient() => [.. Policy.Parameters.SelectMany(parameter => parameter.Gradient.ToArray())];

    /// <summary>A step of gradient descent.</summary>
    public void Descend(float rate)
    {
        foreach (Parameter parameter in Policy.Parameters)
        {
            Span<float> data = parameter.Data, gradient = parameter.Gradient;
            for (int i = 0; i < gradient.Length; i++)
            {
                data[i] -= rate * gradient[i];
            }

            parameter.MarkChanged();
        }
    }

    public void Dispose()
    {
        foreach (IDisposable part in owned)
        {
            part.Dispose();
        }

        Reference.Dispose();
        Policy.Dispose();
        workers.Dispose();
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        owned.Add(part);
        return part;
    }
}
