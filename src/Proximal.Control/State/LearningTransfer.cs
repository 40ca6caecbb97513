using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.State;

/// <summary>Carries what learning changes.</summary>
public static class LearningTransfer
{
    /// <summary>Carries the values of parameters.</summary>
    public static void Parameters(this StateTransfer state, IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (Parameter parameter in parameters)
        {
            state.Values(parameter.Data);
            if (state.Reading)
            {
                parameter.MarkChanged();
            }
        }
    }

    /// <summary>Carries the state of an optimizer.</summary>
    public static void Optimizer(this StateTransfer state, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(optimizer);
        long done = optimizer.Steps;
        state.Value(ref done);
        for (int i = 0; i < optimizer.StateCount; i++)
        {
            state.Values(optimizer.State(i));
        }

        if (state.Reading)
        {
            optimizer.Resume(done);
        }
    }
}
