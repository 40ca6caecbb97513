namespace Proximal.Training;

/// <summary>A stage in which every model learns by itself, as if it were alone. A model with fewer steps than that of the recipe is done earlier.</summary>
internal sealed class SideBySideTrainer(IReadOnlyList<(string Name, IStageTrainer Trainer)> models) : PeerTrainer<IStageTrainer>(models)
{
    public override StepReport Step(int step) => PeerMetrics.Combine(
        [.. Enumerable.Range(0, Models.Count).Where(model => step < Models[model].Trainer.Steps).Select(model => (Models[model].Name, Run(model, trainer => trainer.Step(step))))]);
}
