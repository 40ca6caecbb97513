using System.Diagnostics.CodeAnalysis;
using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

public static unsafe partial class FusedOperations
{
    /// <summary>
    /// The head of a language model with <c>log-softmax + gather + entropy</c>: for row i the logits <c>W·hidden[rows[i]]</c> are a distribution p, of
    /// which log p(targets[i]) and the entropy -Σ p log p, in nats, are given. Large sets of logits are never held as a whole. Log-probabilities below -10⁴
    /// count as -10⁴ in entropies.
    /// </summary>
    /// <param name="hidden">Hidden states. [positions, columns]</param>
    /// <param name="weight">W. [vocabulary, columns]</param>
    /// <param name="rows">Which hidden states are used; repeats are allowed. [n]</param>
    /// <param name="targets">The token of each of them. [n]</param>
    /// <param name="logProb">Log-probability of each token. [n]</param>
    /// <param name="entropy">Entropy of each distribution; costs nothing in the backward pass unless it has a gradient. [n]</param>
    /// <exception cref="ArgumentException">Sizes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row or a token does not exist.</exception>
    public static void Head(
        this Tensor hidden, Tensor weight, ReadOnlySpan<int> rows, ReadOnlySpan<int> targets, out Tensor logProb, out Tensor entropy) =>
        HeadOf(hidden, weight, null, null, rows, targets, out logProb, out entropy, out _);

    /// <summary>
    /// As <see cref="Head"/>, with the divergence KL(p ‖ q) = Σ p (log p - log q) of each distribution from that of a frozen reference model, of which no
    /// gradient is computed.
    /// </summary>
    /// <param name="hidden">Hidden states. [positions, columns]</param>
    /// <param name="weight">W. [vocabulary, columns]</param>
    /// <param name="referenceHidden">Hidden states of the reference at the same positions. [positions, reference columns]</param>
    /// <param name="referenceWeight">The reference's W. [vocabulary, reference columns]</param>
    /// <param name="rows">Which hidden states are used. [n]</param>
    /// <param name="targets">The token of each of them. [n]</param>
    /// <param name="logProb">Log-probability of each token. [n]</param>
    /// <param name="entropy">Entropy of each distribution. [n]</param>
    /// <param name="divergence">Divergence from the reference. [n]</param>
    /// <exception cref="ArgumentException">Sizes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row or a token does not exist.</exception>
    public static void HeadWithReference(
        this Tensor hidden,
        Tensor weight,
        Tensor referenceHidden,
        Tensor referenceWeight,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<int> targets,
        out Tensor logProb,
        out Tensor entropy,
        out Tensor divergence)
    {
        ArgumentNullException.ThrowIfNull(referenceHidden);
        ArgumentNullException.ThrowIfNull(referenceWeight);
        HeadOf(hidden, weight, referenceHidden, referenceWeight, rows, targets, out logProb, out entropy, out divergence!);
    }

    private static void HeadOf(
        Tensor hidden,
        Tensor weight,
        Tensor? referenceHidden,
        Tensor? referenceWeight,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<int> targets,
        out Tensor logProb,
        out Tensor entropy,
        [NotNullIfNotNull(nameof(referenceHidden))] out Tensor? divergence)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(weight);
        CheckHead(hidden, weight);
        if (rows.Length != targets.Length)
        {
            throw new ArgumentException($"{rows.Length} rows take as many targets, not {targets.Length}.", nameof(targets));
        }

        int count = rows.Length, columns = weight.Shape[1], vocabulary = weight.Shape[0], referenceColumns = 0;
        if (referenceHidden is not null)
        {
            CheckHead(referenceHidden, referenceWeight!);
            referenceColumns = referenceWeight!.Shape[1];
            if (referenceHidden.Shape[0] != hidden.Shape[0] || referenceWeight.Shape[0] != vocabulary)
            {
                throw new ArgumentException(
                    $"Reference states {referenceHidden.Shape} and weight {referenceWeight.Shape} do not match {hidden.Shape} and {weight.Shape}.",
                    nameof(referenceHidden));
            }
        }

        Tape tape = Tape.Of(hidden, weight);
        bool records = tape.Records(hidden, weight);
        int* rowCopy = tape.CopyIndices(rows, hidden.Shape[0], nameof(rows));
        int* tokens = tape.CopyIndices(targets, vocabulary, nameof(targets));
        HeadMemory sizes = new(null, count, columns, vocabulary, referenceColumns, records);
        float* saved = tape.RentFloats(sizes.Length);
        HeadMemory memory = new(saved, count, columns, vocabulary, referenceColumns, records);
        Shape shape = new(count);
        logProb = tape.NewTensor(shape, records);
        entropy = tape.NewTensor(shape, records);
        divergence = referenceHidden is null ? null : tape.NewTensor(shape, records);
        tape.Backend.GatherRows(count, columns, hidden.Pointer, rowCopy, memory.Hidden);
        float* divergencePointer = null;
        if (referenceHidden is not null)
        {
            tape.Backend.GatherRows(count, referenceColumns, referenceHidden.Pointer, rowCopy, memory.ReferenceHidden);
            divergencePointer = divergence!.Pointer;
        }

        HeadOperation.Forward(tape, in memory, count, weight, referenceWeight, tokens, logProb.Pointer, entropy.Pointer, divergencePointer);
        if (records)
        {
            ref Node node = ref tape.Record(HeadOperation.Instance, logProb, hidden, weight, referenceWeight);
            node.SecondOutput = entropy;
            node.ThirdOutput = divergence;
            node.Indices = rowCopy;
            node.Indices2 = tokens;
            node.Saved = saved;
            node.I0 = count;
            node.I1 = referenceColumns;
        }
    }

    private static void CheckHead(Tensor hidden, Tensor weight)
    {
        if (hidden.Shape.Rank != 2 || weight.Shape.Rank != 2 || hidden.Shape[1] != weight.Shape[1] || weight.Shape[0] == 0)
        {
            throw new ArgumentException($"Hidden states of shape {hidden.Shape} do not fit a head of shape {weight.Shape}.", nameof(hidden));
        }
    }
}
