using Proximal.Control.Distributions;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms;

/// <summary>What came of a step of the actor.</summary>
/// <param name="Surrogate">mean (rho A) after the step, less that before.</param>
/// <param name="KullbackLeibler">Mean divergence after the step.</param>
/// <param name="Entropy">Mean entropy before the step.</param>
/// <param name="LineSearchSteps">Lengths that were tried; one more than the most where none was accepted and the policy stayed.</param>
/// <param name="GradientNorm">Norm of g.</param>
internal readonly record struct TrustRegionStep(double Surrogate, double KullbackLeibler, double Entropy, int LineSearchSteps, double GradientNorm);

/// <summary>The step of the actor within a trust region; see <see cref="Trpo"/>.</summary>
internal sealed class TrustRegion : IDisposable
{
    private readonly ActorCriticPolicy policy;
    private readonly ActionDistribution distribution;
    private readonly TrpoOptions options;
    private readonly ActorCriticPolicy direction;
    private readonly Tape tape;
    private readonly Tape tangentTape;
    private readonly double[] gradient;
    private readonly double[] solution;
    private readonly double[] product;
    private readonly double[] before;
    private float[] oldDistributions = [];
    private float[] rowGradients = [];

    public TrustRegion(ActorCriticPolicy policy, TrpoOptions options, Workers workers)
    {
        this.policy = policy;
        this.options = options;
        distribution = policy.Distribution;

        // A network of the same form, which holds a direction in place of parameters.
        direction = new ActorCriticPolicy(policy.Observations, policy.Actions, options.Policy, 0, workers);
        tape = new Tape(workers);
        tangentTape = new Tape(workers, recording: false);
        int length = policy.ActorParameters.Sum(parameter => parameter.Length);
        gradient = new double[length];
        solution = new double[length];
        product = new double[length];
        before = new double[length];
    }

    /// <summary>Moves the actor.</summary>
    /// <param name="batch">Rows with advantages and old log-probabilities.</param>
    public TrustRegionStep Improve(RolloutBatch batch)
    {
        double entropy = Gradient(batch, gradient);
        double norm = Math.Sqrt(ConjugateGradient.Dot(gradient, gradient));
        if (!double.IsFinite(norm) || norm == 0)
        {
            return new TrustRegionStep(0, 0, entropy, 0, norm);
        }

        ConjugateGradient.Solve((vector, result) => FisherProduct(batch, vector, result), gradient, solution, options.ConjugateGradientIterations);
        FisherProduct(batch, solution, product);
        double length = Math.Sqrt(2 * options.MaximumKullbackLeibler / ConjugateGradient.Dot(solution, product));
        double expected = length * ConjugateGradient.Dot(gradient, solution);
        CopyParameters(before);
        double start = Measure(batch, out _), shrinkage = 1;
        for (int step = 1; step <= options.LineSearchSteps; step++)
        {
            MoveTo(length * shrinkage);
            double gain = Measure(batch, out double divergence) - start;
            if (divergence <= options.MaximumKullbackLeibler && gain > 0 && gain >= options.AcceptedShare * expected * shrinkage)
            {
                return new TrustRegionStep(gain, divergence, entropy, step, norm);
            }

            shrinkage *= options.LineSearchShrinkage;
        }

        MoveTo(0);
        return new TrustRegionStep(0, 0, entropy, options.LineSearchSteps + 1, norm);
    }

    /// <summary>The Fisher information of the actor's parameters, damped, times a vector.</summary>
    public void FisherProduct(RolloutBatch batch, ReadOnlySpan<double> vector, Span<double> result)
    {
        Spread(vector, direction.ActorParameters);
        tangentTape.Reset();
        tape.Reset();
        ReadOnlySpan<float> tangents = policy.ActorTangent(tangentTape, batch, direction).Data;
        Tensor distributions = policy.ForwardActor(tape, batch);
        Span<float> gradients = RowGradients(distributions.Length);
        int width = distribution.ParameterWidth;
        for (int row = 0; row < batch.Count; row++)
        {
            distribution.FisherProduct(
                distributions.Data.Slice(row * width, width), batch.Mask(row), tangents.Slice(row * width, width), gradients.Slice(row * width, width));
        }

        Backward(distributions, gradients, 1.0 / batch.Count, result);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] += options.Damping * vector[i];
        }
    }

    public void Dispose()
    {
        direction.Dispose();
        tape.Dispose();
        tangentTape.Dispose();
    }

    /// <summary>g, the gradient of mean (rho A) where rho is 1; keeps the distributions.</summary>
    private double Gradient(RolloutBatch batch, Span<double> result)
    {
        tape.Reset();
        Tensor distributions = policy.ForwardActor(tape, batch);
        if (oldDistributions.Length < distributions.Length)
        {
            oldDistributions = new float[distributions.Length];
        }

        distributions.Data.CopyTo(oldDistributions);
        Span<float> gradients = RowGradients(distributions.Length);
        int width = distribution.ParameterWidth;
        double entropies = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            ReadOnlySpan<float> parameters = distributions.Data.Slice(row * width, width);
            distribution.LogProb(parameters, batch.Mask(row), batch.Action(row), out double entropy);
            entropies += entropy;
            distribution.Gradient(parameters, batch.Mask(row), batch.Action(row), batch.Advantages[row], 0, gradients.Slice(row * width, width));
        }

        Backward(distributions, gradients, 1.0 / batch.Count, result);
        return entropies / batch.Count;
    }

    private void Backward(Tensor distributions, ReadOnlySpan<float> gradients, double scale, Span<double> result)
    {
        foreach (Parameter parameter in policy.ActorParameters)
        {
            parameter.ClearGradient();
        }

        tape.Seed(distributions, gradients);
        tape.Backward();
        int start = 0;
        foreach (Parameter parameter in policy.ActorParameters)
        {
            Span<float> part = parameter.Gradient;
            for (int i = 0; i < part.Length; i++)
            {
                result[start + i] = part[i] * scale;
            }

            start += parameter.Length;
        }
    }

    /// <summary>mean (rho A), and the mean divergence from the old distributions.</summary>
    private double Measure(RolloutBatch batch, out double divergence)
    {
        tangentTape.Reset();
        ReadOnlySpan<float> distributions = policy.ForwardActor(tangentTape, batch).Data;
        int width = distribution.ParameterWidth;
        double surrogate = 0;
        divergence = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            ReadOnlySpan<float> parameters = distributions.Slice(row * width, width);
            surrogate += Math.Exp(distribution.LogProb(parameters, batch.Mask(row), batch.Action(row), out _) - batch.LogProbs[row]) * batch.Advantages[row];
            divergence += distribution.KullbackLeibler(oldDistributions.AsSpan(row * width, width), parameters, batch.Mask(row));
        }

        divergence /= batch.Count;
        return surrogate / batch.Count;
    }

    private void CopyParameters(Span<double> target)
    {
        int start = 0;
        foreach (Parameter parameter in policy.ActorParameters)
        {
            for (int i = 0; i < parameter.Length; i++)
            {
                target[start + i] = parameter.Data[i];
            }

            start += parameter.Length;
        }
    }

    private void MoveTo(double length)
    {
        int start = 0;
        foreach (Parameter parameter in policy.ActorParameters)
        {
            Span<float> data = parameter.Data;
            for (int i = 0; i < data.Length; i++)
            {
                data[i] = (float)(before[start + i] + (length * solution[start + i]));
            }

            parameter.MarkChanged();
            start += data.Length;
        }
    }

    private static void Spread(ReadOnlySpan<double> vector, IReadOnlyList<Parameter> parameters)
    {
        int start = 0;
        foreach (Parameter parameter in parameters)
        {
            Span<float> data = parameter.Data;
            for (int i = 0; i < data.Length; i++)
            {
                data[i] = (float)vector[start + i];
            }

            parameter.MarkChanged();
            start += data.Length;
        }
    }

    private Span<float> RowGradients(int length)
    {
        if (rowGradients.Length < length)
        {
            rowGradients = new float[length];
        }

        return rowGradients.AsSpan(0, length);
    }
}
