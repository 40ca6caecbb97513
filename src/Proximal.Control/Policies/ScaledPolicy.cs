using System.Text.Json;
using Proximal.Control.Normalization;
using Proximal.Control.Spaces;
using Proximal.Models.Files;
using Proximal.Tensors;

namespace Proximal.Control.Policies;

/// <summary>Another policy that sees observations scaled by the statistics of a data set.</summary>
public sealed class ScaledPolicy : Policy
{
    internal const string KindName = "scaled";

    private readonly Policy inner;
    private readonly Parameter[] parameters;
    private float[] scaled = [];

    /// <summary>Wraps a policy, which is then disposed with this one.</summary>
    /// <param name="inner">The policy, over a box of observations.</param>
    /// <param name="scaling">How observations are scaled.</param>
    /// <exception cref="ArgumentException">The observations are no box.</exception>
    public ScaledPolicy(Policy inner, RowScaling scaling)
        : base(Checked(inner).Observations, inner.Actions)
    {
        ArgumentNullException.ThrowIfNull(scaling);
        this.inner = inner;
        Scaling = scaling;
        parameters = [.. scaling.Parameters, .. inner.Parameters];
    }

    /// <summary>How observations are scaled.</summary>
    public RowScaling Scaling { get; }

    /// <inheritdoc/>
    public override int StateWidth => inner.StateWidth;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        if (scaled.Length < input.Observations.Length)
        {
            scaled = new float[input.Observations.Length];
        }

        Span<float> rows = scaled.AsSpan(0, input.Observations.Length);
        input.Observations.CopyTo(rows);
        Scaling.Apply(rows);
        inner.Act(new PolicyInput(input.Count, rows, input.Masks, input.States, input.Rewards), choice, actions);
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString("kind", inner.Kind);
        writer.WriteStartObject("settings");
        inner.WriteSettings(writer);
        writer.WriteEndObject();
    }

    internal static ScaledPolicy Read(Space observations, Space actions, JsonFields fields) => observations is BoxSpace && fields.Text("kind") != KindName
        ? new ScaledPolicy(PolicyModule.Create(fields, observations, actions), new RowScaling("observations", observations.Width))
        : throw fields.Fault("kind", fields.Text("kind"), "another policy over a box of observations");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            inner.Dispose();
        }
    }

    private static Policy Checked(Policy inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return inner.Observations is BoxSpace ? inner : throw new ArgumentException($"Observations of {inner.Observations} cannot be scaled.", nameof(inner));
    }
}
