using Proximal.Models.Configuration;
using Proximal.Tensors;

namespace Proximal.Models.Llama;

/// <summary>The gated feed-forward unit of a dense layer.</summary>
internal sealed class LlamaFeedForward
{
    public LlamaFeedForward(LlamaConfiguration configuration, string prefix, Func<string, Shape, Parameter> parameter)
    {
        int width = configuration.HiddenSize, inner = configuration.IntermediateSize;
        Parameter? Bias(string name, int size) => configuration.MlpBias ? parameter(prefix + name + ".bias", new Shape(size)) : null;

        Gate = parameter(prefix + "mlp.gate_proj.weight", new Shape(inner, width));
        Up = parameter(prefix + "mlp.up_proj.weight", new Shape(inner, width));
        Down = parameter(prefix + "mlp.down_proj.weight", new Shape(width, inner));
        GateBias = Bias("mlp.gate_proj", inner);
        UpBias = Bias("mlp.up_proj", inner);
        DownBias = Bias("mlp.down_proj", width);
        Gated = new LinearGroup((Gate, GateBias), (Up, UpBias));
    }

    public Parameter Gate { get; }

    public Parameter? GateBias { get; }

    public Parameter Up { get; }

    public Parameter? UpBias { get; }

    public Parameter Down { get; }

    public Parameter? DownBias { get; }

    /// <summary>The two factors of the gated unit.</summary>
    public LinearGroup Gated { get; }

    public IEnumerable<Parameter> Matrices => [Gate, Up, Down];

    public IEnumerable<Parameter> Parameters() => new[] { Gate, GateBias, Up, UpBias, Down, DownBias }.OfType<Parameter>();
}
