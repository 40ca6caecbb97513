using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Models.Networks;

/// <summary>
/// y = (W + S * (f(e_out) f(e_in)^T)) x + b + s * f(e_out) with f(x) = sign(x) sqrt|x| and normal noise e, products element by element: a layer
/// that learns how much it explores (Fortunato et al. 2018, factorized). W begins uniform in +-1/sqrt(inputs), S at deviation/sqrt(inputs), s at
/// deviation/sqrt(outputs).
/// </summary>
public sealed class NoisyLinearLayer : Network
{
    private readonly Parameter[] parameters;
    private readonly float[] inputNoise;
    private readonly float[] outputNoise;

    /// <summary>Creates a layer without noise until <see cref="Resample"/> is called.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="inputs">Numbers per input row.</param>
    /// <param name="outputs">Numbers per output row.</param>
    /// <param name="deviation">First deviation before it is divided by the root; 0.5 in the paper.</param>
    /// <param name="stream">Names the random numbers of the first weights.</param>
    public NoisyLinearLayer(string name, int inputs, int outputs, double deviation, in RandomStream stream)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        Weight = new Parameter($"{name}.weight", new Shape(outputs, inputs));
        Bias = new Parameter($"{name}.bias", new Shape(outputs));
        WeightDeviation = new Parameter($"{name}.weight_deviation", new Shape(outputs, inputs));
        BiasDeviation = new Parameter($"{name}.bias_deviation", new Shape(outputs));
        WeightInitialization.FanIn.Fill(Weight, Bias, in stream);
        WeightDeviation.Data.Fill((float)(deviation / Math.Sqrt(inputs)));
        BiasDeviation.Data.Fill((float)(deviation / Math.Sqrt(outputs)));
        parameters = [Weight, Bias, WeightDeviation, BiasDeviation];
        inputNoise = new float[inputs];
        outputNoise = new float[outputs];
    }

    /// <summary>W [out, in].</summary>
    public Parameter Weight { get; }

    /// <summary>b [out].</summary>
    public Parameter Bias { get; }

    /// <summary>S [out, in].</summary>
    public Parameter WeightDeviation { get; }

    /// <summary>s [out].</summary>
    public Parameter BiasDeviation { get; }

    /// <summary>Whether the layer computes with its noise; the mean weights alone where not.</summary>
    public bool IsNoisy { get; set; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override int InputWidth => inputNoise.Length;

    /// <inheritdoc/>
    public override int OutputWidth => outputNoise.Length;

    /// <summary>Draws new noise.</summary>
    /// <param name="stream">The random numbers.</param>
    public void Resample(in RandomStream stream)
    {
        for (int i = 0; i < inputNoise.Length; i++)
        {
            inputNoise[i] = Root(stream.Normal(i));
        }

        for (int i = 0; i < outputNoise.Length; i++)
        {
            outputNoise[i] = Root(stream.Normal(inputNoise.Length + i));
        }
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        Tensor mean = input.Linear(Weight, Bias);
        return IsNoisy ? mean.Add(Noise(input, WeightDeviation, BiasDeviation)) : mean;
    }

    /// <inheritdoc/>
    public override Tensor Tangent(Network direction, Tensor input, Tensor? inputTangent, out Tensor output)
    {
        NoisyLinearLayer along = Like<NoisyLinearLayer>(direction);
        output = Forward(input);
        Tensor tangent = input.Linear(along.Weight, along.Bias);
        tangent = inputTangent is null ? tangent : inputTangent.Linear(Weight, residual: tangent);
        if (!IsNoisy)
        {
            return tangent;
        }

        tangent = tangent.Add(Noise(input, along.WeightDeviation, along.BiasDeviation));
        return inputTangent is null ? tangent : tangent.Add(Noise(inputTangent, WeightDeviation, null));
    }

    /// <summary>f(e_out) * (S (f(e_in) * x) + s).</summary>
    private Tensor Noise(Tensor input, Parameter weights, Parameter? biases)
    {
        Tape tape = input.Tape ?? throw new ArgumentException("The input is on no tape.", nameof(input));
        Tensor before = tape.Input(new Shape(inputNoise.Length), inputNoise), after = tape.Input(new Shape(outputNoise.Length), outputNoise);
        return input.Multiply(before).Linear(weights, biases).Multiply(after);
    }

    private static float Root(double x) => (float)(Math.Sign(x) * Math.Sqrt(Math.Abs(x)));
}
