using Proximal.Environments;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Models.Tokenizers;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Training;

namespace Proximal.Supplements;

/// <summary>What <see cref="SupplementSettings"/> make supplements of.</summary>
public sealed class SupplementParts
{
    private readonly Func<LlamaModel, IRollouts> rollouts;
    private readonly Lazy<TargetLosses> losses;
    private readonly Action<IDisposable> own;

    /// <summary>Puts the parts together.</summary>
    /// <param name="rollouts">Rolls out a model of the policy's shape as the recipe samples, rewarded by the verifier's score alone.</param>
    /// <param name="losses">Losses of targets.</param>
    /// <param name="own">Takes what must be freed with the run.</param>
    internal SupplementParts(Func<LlamaModel, IRollouts> rollouts, Func<TargetLosses> losses, Action<IDisposable> own) =>
        (this.rollouts, this.losses, this.own) = (rollouts, new(losses), own);

    /// <summary>The model that learns.</summary>
    public required LlamaModel Policy { get; init; }

    /// <summary>The reference model; null unless a component requires it.</summary>
    public required LlamaModel? Reference { get; init; }

    /// <summary>The task of the run.</summary>
    public required ITask Task { get; init; }

    /// <summary>The environment of the run.</summary>
    public required IEnvironment Environment { get; init; }

    /// <summary>Text to tokens and back.</summary>
    public required ITokenizer Tokenizer { get; init; }

    /// <summary>The token that ends a response.</summary>
    public required int EndOfSequence { get; init; }

    /// <summary>The most tokens of a chain: those of the model's context.</summary>
    public int Context => Policy.Configuration.MaximumPositions;

    /// <summary>Rollouts of a model of the policy's shape, drawn as the recipe says and rewarded by the verifier's score alone.</summary>
    public IRollouts From(LlamaModel model) => rollouts(model);

    /// <summary>Hands over what must be freed with the run.</summary>
    public T Own<T>(T part)
        where T : IDisposable
    {
        own(part);
        return part;
    }

    /// <summary>Adds the gradient of <c>-c mean log π(token)</c> over the teacher's tokens of all targets, and returns that loss without c.</summary>
    /// <param name="targets">Chains whose teacher segments are learned from.</param>
    /// <param name="coefficient">c.</param>
    public double AddLikelihoodGradient(IReadOnlyList<TokenTree> targets, double coefficient) => losses.Value.AddLikelihoodGradient(targets, coefficient);

    /// <summary>
    /// Adds the gradient of <c>-c mean log σ(β [ log(π/π_ref)(chosen) - log(π/π_ref)(rejected) ])</c>. Rafailov et al. 2023, arXiv:2305.18290.
    /// </summary>
    /// <param name="pairs">Chosen and rejected chains.</param>
    /// <param name="beta">β.</param>
    /// <param name="coefficient">c.</param>
    /// <exception cref="InvalidOperationException">The run has no reference model.</exception>
    public PreferenceResult AddPreferenceGradient(IReadOnlyList<TargetPair> pairs, double beta, double coefficient) =>
        losses.Value.AddPreferenceGradient(pairs, beta, coefficient, Reference ?? throw new InvalidOperationException("Preferences of pairs need a reference model; the supplement must require it."));

    /// <summary>Log-probabilities of the teacher's tokens of chains under the policy as it is, without gradients: one array a chain.</summary>
    public float[][] LogProbs(IReadOnlyList<TokenTree> chains) => losses.Value.LogProbs(chains, Policy);
}
