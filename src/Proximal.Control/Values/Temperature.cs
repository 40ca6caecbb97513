using Proximal.Control.State;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.Values;

/// <summary>The temperature alpha of an entropy bonus, fixed or learned: L = mean of -exp(log alpha) (log pi + H) (Haarnoja et al. 2018).</summary>
public sealed class Temperature : IStateful, IDisposable
{
    private readonly Parameter logarithm = new("log_temperature", new Shape(1));
    private readonly Tape tape;
    private readonly Adam optimizer;
    private readonly bool learned;

    /// <summary>Creates a temperature.</summary>
    /// <param name="first">alpha at first; 0 or more, and more than 0 where it is learned.</param>
    /// <param name="learned">Whether <see cref="Fit"/> changes it.</param>
    /// <param name="targetEntropy">H.</param>
    /// <param name="learningRate">Of Adam.</param>
    /// <param name="workers">Threads of the kernels.</param>
    public Temperature(double first, bool learned, double targetEntropy, double learningRate, Workers? workers = null)
    {
        this.learned = learned;
        TargetEntropy = targetEntropy;
        logarithm.Data[0] = (float)Math.Log(first);
        tape = new Tape(workers);
        optimizer = new Adam([logarithm], new AdamOptions { LearningRate = learningRate }, workers);
    }

    /// <summary>alpha.</summary>
    public double Value => Math.Exp(logarithm.Data[0]);

    /// <summary>H.</summary>
    public double TargetEntropy { get; }

    /// <summary>A step of Adam on the loss, where the temperature is learned.</summary>
    /// <param name="logProbs">log pi [batch], or their expectations.</param>
    public void Fit(ReadOnlySpan<float> logProbs)
    {
        if (!learned)
        {
            return;
        }

        tape.Reset();
        tape.Seed(logarithm.On(tape), [(float)SquashedGaussian.TemperatureLoss(logProbs, TargetEntropy, logarithm.Data[0])]);
        tape.Backward();
        optimizer.Step();
        optimizer.ClearGradients();
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Parameters(optimizer.Parameters);
        state.Optimizer(optimizer);
    }

    /// <summary>Frees the parameter and its optimizer.</summary>
    public void Dispose()
    {
        logarithm.Dispose();
        optimizer.Dispose();
        tape.Dispose();
    }
}
