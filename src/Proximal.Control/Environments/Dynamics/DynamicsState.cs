using System.Runtime.CompilerServices;
using Proximal.Control.Rendering;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Dynamics;

/// <summary>One episode of an environment given by equations.</summary>
/// <typeparam name="TDynamics">The equations.</typeparam>
internal struct DynamicsState<TDynamics>(TDynamics dynamics) : IStateful
    where TDynamics : struct, IDynamics
{
    private double a;
    private double b;
    private double c;
    private double d;

    public void Begin(ref EpisodeRandom random, Span<float> observation)
    {
        random.FourUniforms(out double uniform0, out double uniform1, out double uniform2, out double uniform3);
        dynamics.Begin<Lanes2>(uniform0, uniform1, uniform2, uniform3, out Lanes2 first, out Lanes2 second, out Lanes2 third, out Lanes2 fourth);
        Keep(first, second, third, fourth, observation);
    }

    public StepOutcome Step(float action, Span<float> observation)
    {
        Lanes2 first = a, second = b, third = c, fourth = d;
        double reward = dynamics.Step(ref first, ref second, ref third, ref fourth, (double)action, out Lanes2 terminated).First;
        Keep(first, second, third, fourth, observation);
        return new StepOutcome(reward, (Lanes2.Bits(terminated) & 1) != 0);
    }

    public readonly void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        TDynamics.Draw(a, b, c, canvas);
    }

    public readonly void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        TDynamics.WriteText(a, b, c, d, writer);
    }

    public void Transfer(StateTransfer state)
    {
        state.Value(ref a);
        if (TDynamics.Variables > 1)
        {
            state.Value(ref b);
        }

        if (TDynamics.Variables > 2)
        {
            state.Value(ref c);
        }

        if (TDynamics.Variables > 3)
        {
            state.Value(ref d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep(Lanes2 first, Lanes2 second, Lanes2 third, Lanes2 fourth, Span<float> observation)
    {
        a = first.First;
        b = second.First;
        c = third.First;
        d = fourth.First;
        Span<Lanes2> columns = stackalloc Lanes2[TDynamics.ObservationWidth];
        TDynamics.Observe(first, second, third, fourth, columns);
        for (int i = 0; i < columns.Length; i++)
        {
            observation[i] = (float)columns[i].First;
        }
    }
}
