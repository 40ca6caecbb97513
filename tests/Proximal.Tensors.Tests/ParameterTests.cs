namespace Proximal.Tensors.Tests;

public sealed class ParameterTests
{
    [Fact]
    public void A_lane_has_the_values_of_its_parameter_and_a_gradient_of_its_own()
    {
        using Parameter whole = NewParameter();
        using Parameter lane = whole.Lane();
        using Tape tape = new();
        tape.Backward((tape.Filled(new Shape(3), 2) * lane).Sum());

        whole.Data[0] = 7;
        whole.MarkChanged();

        Assert.Equal([7, 1, 2], lane.Data.ToArray());
        Assert.Equal(whole.Version, lane.Version);
        Assert.Equal([2, 2, 2], lane.Gradient.ToArray());
        Assert.True(whole.Gradient.IsEmpty);
    }

    [Fact]
    public void Gradients_of_lanes_are_added_and_then_gone()
    {
        using Parameter whole = NewParameter();
        using Parameter first = whole.Lane(), second = whole.Lane(), idle = whole.Lane();
        using Tape tape = new();
        tape.Backward((tape.Filled(new Shape(3), 2) * first).Sum());
        tape.Reset();
        tape.Backward((tape.Filled(new Shape(3), 0.5f) * second).Sum());

        foreach (Parameter lane in new[] { first, second, idle })
        {
            whole.TakeGradient(lane);
        }

        Assert.Equal([2.5f, 2.5f, 2.5f], whole.Gradient.ToArray());
        Assert.True(first.Gradient.IsEmpty);
    }

    [Fact]
    public void Only_lanes_of_a_parameter_give_it_gradients()
    {
        using Parameter whole = NewParameter(), other = NewParameter();
        using Parameter lane = other.Lane();

        Assert.Throws<ArgumentException>(() => whole.TakeGradient(lane));
        Assert.Throws<ArgumentException>(() => whole.TakeGradient(other));
    }

    private static Parameter NewParameter()
    {
        Parameter parameter = new("p", new Shape(3));
        ((ReadOnlySpan<float>)[0, 1, 2]).CopyTo(parameter.Data);
        parameter.MarkChanged();
        return parameter;
    }
}
