using System.Globalization;

namespace Proximal.Tensors;

/// <summary>
/// Losses. Those of two tensors of one shape are means over all elements, or over those that a mask of 1 and 0 counts (weights of 0 or more are
/// allowed: the mean is then weighted); where nothing counts the loss is 0.
/// </summary>
public static unsafe class LossOperations
{
    /// <summary>The mean of (prediction - target)^2.</summary>
    public static Tensor MeanSquaredError(this Tensor prediction, Tensor target, Tensor? mask = null) =>
        Mean(Difference(prediction, target).Square(), mask);

    /// <summary>The mean of d^2 / 2 for |d| up to delta and delta (|d| - delta / 2) beyond (Huber 1964), d = prediction - target.</summary>
    /// <exception cref="ArgumentOutOfRangeException">delta is not above 0.</exception>
    public static Tensor HuberLoss(this Tensor prediction, Tensor target, float delta = 1, Tensor? mask = null)
    {
        CheckPositive(delta, nameof(delta));
        Tensor distance = Difference(prediction, target).Abs();
        Tensor near = distance.Minimum(delta);
        return Mean(near * (distance - (near * 0.5f)), mask);
    }

    /// <summary>The mean of d^2 / (2 beta) for |d| up to beta and |d| - beta / 2 beyond: the Huber loss over beta.</summary>
    /// <exception cref="ArgumentOutOfRangeException">beta is not above 0.</exception>
    public static Tensor SmoothL1Loss(this Tensor prediction, Tensor target, float beta = 1, Tensor? mask = null)
    {
        CheckPositive(beta, nameof(beta));
        return prediction.HuberLoss(target, beta, mask) / beta;
    }

    /// <summary>The mean of softplus(x) - x y: minus the log-likelihood of labels y in [0, 1] under probabilities sigmoid(x).</summary>
    public static Tensor BinaryCrossEntropyWithLogits(this Tensor logits, Tensor labels, Tensor? mask = null)
    {
        CheckShapes(logits, labels);
        return Mean(logits.Softplus() - (logits * labels), mask);
    }

    /// <summary>
    /// The mean over counted rows of -(1 - s) log p[target] - s mean(log p), p the softmax of a row and s the label smoothing (Szegedy et al. 2016).
    /// </summary>
    /// <param name="logits">[..., classes].</param>
    /// <param name="targets">The class of each row; a negative one leaves its row out.</param>
    /// <param name="labelSmoothing">Share of the label that is spread over all classes, in [0, 1).</param>
    /// <returns>A scalar; 0 where no row counts.</returns>
    /// <exception cref="ArgumentException">The number of targets is not that of the rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not a class, or the smoothing is outside its range.</exception>
    public static Tensor CrossEntropy(this Tensor logits, ReadOnlySpan<int> targets, float labelSmoothing = 0)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (!(labelSmoothing >= 0 && labelSmoothing < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "The smoothing must be in [0, 1).");
        }

        Shape rows = ShapeOperations.WithoutAxis(logits.Shape, -1);
        if (targets.Length != rows.Length)
        {
            throw new ArgumentException($"Shape {logits.Shape} has {rows.Length} rows, not {targets.Length}.", nameof(targets));
        }

        Tape tape = Tape.Of(logits);
        Tensor counted = tape.Empty(rows);
        Span<float> counts = counted.Data;
        Span<int> classes = new(tape.RentIntegers(targets.Length), targets.Length);
        for (int row = 0; row < targets.Length; row++)
        {
            counts[row] = targets[row] < 0 ? 0 : 1;
            classes[row] = Math.Max(0, targets[row]);
        }

        Tensor logProbabilities = logits.LogSoftmax();
        Tensor loss = logProbabilities.Gather(classes) * (labelSmoothing - 1);
        if (labelSmoothing > 0)
        {
            loss -= logProbabilities.Mean(-1) * labelSmoothing;
        }

        return Mean(loss, counted);
    }

    /// <summary>The divergence of distributions, sum of p (log p - log q) over the last axis, from finite log-probabilities.</summary>
    /// <param name="logP">Log-probabilities [..., classes].</param>
    /// <param name="logQ">Log-probabilities of the same shape.</param>
    /// <returns>[...].</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor KullbackLeibler(this Tensor logP, Tensor logQ)
    {
        CheckShapes(logP, logQ);
        return (logP.Exp() * (logP - logQ)).Sum(-1);
    }

    private static Tensor Difference(Tensor prediction, Tensor target)
    {
        CheckShapes(prediction, target);
        return prediction - target;
    }

    private static Tensor Mean(Tensor losses, Tensor? mask)
    {
        if (mask is null)
        {
            return losses.Length == 0 ? losses.Sum() : losses.Mean();
        }

        CheckShapes(losses, mask);
        double total = 0;
        foreach (float weight in mask.Data)
        {
            total += weight;
        }

        // What does not count may be anything, even NaN.
        Tensor kept = losses.MaskedFill(mask.EqualTo(0), 0);
        return (kept * mask).Sum() * (float)(total > 0 ? 1 / total : 0);
    }

    private static void CheckShapes(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);

        // Broadcasting [n, 1] against [n] is the classic silent mistake of value losses.
        if (x.Shape != y.Shape)
        {
            throw new ArgumentException($"A loss takes two tensors of one shape, not {x.Shape} and {y.Shape}.", nameof(y));
        }
    }

    private static void CheckPositive(float value, string name)
    {
        if (!(value > 0))
        {
            throw new ArgumentOutOfRangeException(name, value.ToString(CultureInfo.InvariantCulture), "The threshold must be above 0.");
        }
    }
}
