using Proximal.Control.Spaces;
using Proximal.Tensors;

namespace Proximal.Control.Policies;

/// <summary>Observations as inputs of networks.</summary>
internal static class ObservationInput
{
    /// <summary>The shape of one: that of a box, or a row of the encoded width.</summary>
    public static Shape ShapeOf(Space observations) => observations is BoxSpace box ? box.Shape : new Shape(observations.EncodedWidth);

    /// <summary>Puts rows on a tape.</summary>
    public static Tensor On(Tape tape, Space space, ReadOnlySpan<float> observations, int count)
    {
        Tensor input = tape.Empty(new Shape(count, space.EncodedWidth));
        space.EncodeRows(observations, input.Data);
        return input;
    }
}
