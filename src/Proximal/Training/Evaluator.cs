using Proximal.Environments;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Training;

/// <summary>Measures a policy on held-out problems: always the same ones, with the same random numbers.</summary>
internal sealed class Evaluator(IRollouts rollouts, ITask task, IEnvironment environment, int prompts, int samples, double temperature, ulong seed)
{
    private const int ShownAnswers = 6;

    private readonly TaskInstance[] instances = Instances(task, prompts);

    /// <summary>Measures the policy.</summary>
    /// <param name="label">When it was measured.</param>
    /// <param name="step">Finished steps, for messages.</param>
    /// <exception cref="NonFiniteException">A reward is not finite.</exception>
    public EvaluationResult Evaluate(string label, int step = 0) => EvaluationResult.From(
        label,
        Finite.RequireRewards(rollouts.Generate(instances, new RolloutRequest(samples, seed, RandomPurpose.Evaluation, 0)), step),
        samples,
        temperature,
        ShownAnswers,
        environment.Ratios);

    /// <summary>The first held-out problems of a task.</summary>
    /// <exception cref="InvalidDataException">The task has none.</exception>
    public static TaskInstance[] Instances(ITask task, int prompts)
    {
        long count = Math.Min(prompts, task.Count(TaskSplit.Test) ?? long.MaxValue);
        if (count == 0)
        {
            throw new InvalidDataException($"Task '{task.Name}' has no held-out problems to evaluate on.");
        }

        TaskInstance[] instances = new TaskInstance[count];
        for (int i = 0; i < instances.Length; i++)
        {
            instances[i] = task.Generate(TaskSplit.Test, i);
        }

        return instances;
    }
}
