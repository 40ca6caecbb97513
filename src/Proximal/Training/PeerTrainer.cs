using Proximal.Rollouts;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Training;

/// <summary>One stage of several models that go step by step together: the first is the model of the recipe, and has no name.</summary>
/// <param name="models">Name and trainer of each.</param>
internal abstract class PeerTrainer<T>(IReadOnlyList<(string Name, T Trainer)> models) : IStageTrainer
    where T : IStageTrainer
{
    private IStageTrainer atWork = models[0].Trainer;

    public int Steps => models[0].Trainer.Steps;

    public IEnumerable<(string Name, Optimizer Optimizer)> Optimizers => models[0].Trainer.Optimizers;

    public IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks => models[0].Trainer.Networks;

    public IEnumerable<(string Name, IStateful Component)> Components => models[0].Trainer.Components;

    public IEnumerable<(string Name, IStageTrainer Trainer)> Peers => models.Skip(1).Select(model => (model.Name, (IStageTrainer)model.Trainer));

    public RolloutBatch? LastBatch => atWork.LastBatch;

    protected IReadOnlyList<(string Name, T Trainer)> Models => models;

    public abstract StepReport Step(int step);

    /// <summary>Lets one model work; what it throws names it.</summary>
    /// <exception cref="NonFiniteException">A number was not finite.</exception>
    protected TResult Run<TResult>(int model, Func<T, TResult> work)
    {
        (string name, T trainer) = models[model];
        atWork = trainer;
        try
        {
            return work(trainer);
        }
        catch (NonFiniteException exception) when (name.Length > 0)
        {
            throw new NonFiniteException($"peer '{name}': {exception.Message}", exception) { Component = exception.Component, Step = exception.Step, Batch = exception.Batch };
        }
    }
}
