using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rollouts;

namespace Proximal.Tests.Training;

/// <summary>A regularizer that adds nothing, and fails when it is told to.</summary>
internal sealed class FailingRegularizer(Func<bool> fails) : IRegularizer
{
    private static readonly ComponentInfo FailingInfo = new("failing", Seam.Regularizers, "Fails.", "", "");

    public ComponentInfo Info => FailingInfo;

    public string Metric => "failing";

    public static ComponentChoice Choice(Func<bool> fails) =>
        new(new ComponentDefinition<IRegularizer, NoOptions>(FailingInfo, NoOptions.Schema, _ => new FailingRegularizer(fails)));

    public double Apply(PathBatch batch, Penalty penalty) => fails() ? throw new NonFiniteException("failing", batch.Step, "is infinite") : 0;
}
