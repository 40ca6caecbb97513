using System.Text.Json;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Runs;

/// <summary>Takes the second action where a weighted sum of the observation is positive.</summary>
internal sealed class WanderingPolicy(Space observations, Space actions) : Policy(observations, actions)
{
    public Parameter Weights { get; } = new("weights", new Shape(observations.Width));

    public override IReadOnlyList<Parameter> Parameters => [Weights];

    public override string Kind => "wandering";

    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        int width = Observations.Width;
        for (int row = 0; row < input.Count; row++)
        {
            float sum = 0;
            for (int i = 0; i < width; i++)
            {
                sum += Weights.Data[i] * input.Observations[(row * width) + i];
            }

            actions[row] = sum > 0 ? 1 : 0;
        }
    }

    public override void WriteSettings(Utf8JsonWriter writer)
    {
    }
}
