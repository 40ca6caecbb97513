using Proximal.Environments;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Models.Tokenizers;
using Proximal.Tasks;

namespace Proximal.Rollouts;

/// <summary>What <see cref="CollectionSettings"/> make rollouts of.</summary>
public sealed class RolloutParts
{
    private readonly Func<LlamaModel, SamplingOptions, ParallelRollouts> create;
    private readonly Action<IDisposable> own;
    private readonly Action<IReadOnlyList<TokenTree>> scoreProbes;

    /// <summary>Puts the parts together.</summary>
    /// <param name="create">Parallel groups from any model of the policy's shape.</param>
    /// <param name="own">Takes what must be freed with the run.</param>
    /// <param name="scoreProbes">Records the policy's log-probabilities of probes.</param>
    internal RolloutParts(Func<LlamaModel, SamplingOptions, ParallelRollouts> create, Action<IDisposable> own, Action<IReadOnlyList<TokenTree>> scoreProbes) =>
        (this.create, this.own, this.scoreProbes) = (create, own, scoreProbes);

    /// <summary>The model that learns.</summary>
    public required LlamaModel Policy { get; init; }

    /// <summary>How the recipe draws tokens.</summary>
    public required SamplingOptions Sampling { get; init; }

    /// <summary>The task of the run.</summary>
    public required ITask Task { get; init; }

    /// <summary>Text to tokens and back.</summary>
    public required ITokenizer Tokenizer { get; init; }

    /// <summary>The environment of the run.</summary>
    public required IEnvironment Environment { get; init; }

    /// <summary>The most tokens of a response.</summary>
    public required int ResponseBudget { get; init; }

    /// <summary>Prompts a step.</summary>
    public required int Prompts { get; init; }

    /// <summary>Rollouts a prompt.</summary>
    public required int Rollouts { get; init; }

    /// <summary>Parallel groups of the policy itself: the usual way.</summary>
    public ParallelRollouts OnPolicy() => create(Policy, Sampling);

    /// <summary>Parallel groups of another model of the same shape, or with other sampling.</summary>
    public ParallelRollouts From(LlamaModel model, SamplingOptions sampling) => create(model, sampling);

    /// <summary>Records in the segments of probes what the policy as it is says of their tokens, with the bits of a training pass.</summary>
    /// <param name="trees">Trees with probes.</param>
    public void ScoreProbes(IReadOnlyList<TokenTree> trees) => scoreProbes(trees);

    /// <summary>Hands over what must be freed with the run.</summary>
    public T Own<T>(T part)
        where T : IDisposable
    {
        own(part);
        return part;
    }
}
