using Proximal.Control.Distributions;
using Proximal.Models.Networks;
using Proximal.Tensors;

namespace Proximal.Control.Policies;

/// <summary>
/// From encoded observations to the parameters of a distribution over actions and to a value: two networks, or two heads on one network, which can
/// have a memory. Free parameters of the distribution (log standard deviations) are one row for all states.
/// </summary>
internal sealed class ActorCriticNetwork : IDisposable
{
    private readonly Network? actor;
    private readonly Network? critic;
    private readonly Network? features;
    private readonly RecurrentCell? memory;
    private readonly LinearLayer? actorHead;
    private readonly LinearLayer? criticHead;
    private readonly Parameter? free;

    public ActorCriticNetwork(ActorCriticSettings settings, Shape input, ActionDistribution distribution, ulong seed)
    {
        NetworkSettings network = settings.Network;
        int outputs = distribution.ParameterWidth - distribution.FreeWidth;
        if (distribution.FreeWidth > 0)
        {
            free = new Parameter("log_standard_deviation", new Shape(distribution.FreeWidth));
            free.Data.Fill((float)settings.InitialLogStandardDeviation);
            free.MarkChanged();
        }

        Shared = settings.Shared || network.Memory != MemoryKind.None;
        if (Shared)
        {
            features = NetworkBuilder.BuildFeatures("features", network, input, seed);
            memory = NetworkBuilder.BuildMemory("memory", network, features.OutputWidth, seed);
            int width = memory?.OutputWidth ?? features.OutputWidth;
            actorHead = new LinearLayer("actor", width, outputs, network.OutputInitialization(settings.ActorGain), NetworkRandom.Stream(seed, "actor", 0));
            criticHead = new LinearLayer("critic", width, 1, network.OutputInitialization(1), NetworkRandom.Stream(seed, "critic", 0));
            ActorParameters = CriticParameters = [.. features.Parameters, .. memory?.Parameters ?? [], .. actorHead.Parameters, .. Free, .. criticHead.Parameters];
            Parameters = ActorParameters;
        }
        else
        {
            actor = NetworkBuilder.Build("actor", network, input, outputs, settings.ActorGain, seed);
            critic = NetworkBuilder.Build("critic", network, input, 1, 1, seed);
            ActorParameters = [.. actor.Parameters, .. Free];
            CriticParameters = critic.Parameters;
            Parameters = [.. ActorParameters, .. CriticParameters];
        }
    }

    public bool Shared { get; }

    public int StateWidth => memory?.StateWidth ?? 0;

    public IReadOnlyList<Parameter> Parameters { get; }

    public IReadOnlyList<Parameter> ActorParameters { get; }

    public IReadOnlyList<Parameter> CriticParameters { get; }

    private Parameter[] Free => free is null ? [] : [free];

    /// <summary>The distribution parameters of an actor of its own.</summary>
    public Tensor Actor(Tensor x) => Join(actor!.Forward(x));

    /// <summary>The derivative of the distribution parameters along a direction of the parameters of an actor of its own.</summary>
    public Tensor ActorTangent(ActorCriticNetwork direction, Tensor x)
    {
        Tensor tangent = actor!.Tangent(direction.actor!, x, null, out _);
        return direction.Join(tangent);
    }

    /// <summary>The values of a critic of its own.</summary>
    public Tensor Critic(Tensor x) => critic!.Forward(x);

    /// <summary>Both, of shared layers.</summary>
    /// <param name="x">[rows, inputs]; with a memory, all sequences of the first step first.</param>
    /// <param name="sequences">Number of sequences.</param>
    /// <param name="state">States before the first step, moved on; null without a memory.</param>
    /// <param name="keep">[rows, 1], 0 where an episode begins; null for none.</param>
    /// <param name="values">[rows, 1].</param>
    public Tensor Both(Tensor x, int sequences, ref Tensor? state, Tensor? keep, out Tensor values)
    {
        Tensor hidden = features!.Forward(x);
        if (memory is not null)
        {
            hidden = memory.Run(hidden, sequences, ref state!, keep);
        }

        values = criticHead!.Forward(hidden);
        return Join(actorHead!.Forward(hidden));
    }

    public void Dispose()
    {
        foreach (Parameter parameter in Parameters)
        {
            parameter.Dispose();
        }
    }

    private Tensor Join(Tensor outputs)
    {
        if (free is null)
        {
            return outputs;
        }

        Tensor rows = free.On(outputs.Tape!).Reshape(1, free.Length).Expand(new Shape(outputs.Shape[0], free.Length));
        return ShapeOperations.Concatenate(1, outputs, rows);
    }
}
