using Proximal.Environments;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Supplements;

/// <summary>
/// Lets a policy explain answers that it is told: the prompt carries the gold answer as a hint, and what the policy then thinks, with the gold answer behind
/// it, becomes a target for the plain prompt. The policy that explains is the current one, or a copy that is refreshed now and then.
/// </summary>
internal sealed class Explainer
{
    private readonly SupplementParts parts;
    private readonly int refresh;
    private readonly LlamaModel explaining;
    private readonly IRollouts rollouts;
    private readonly TargetChains chains;

    /// <summary>Sets up explanations.</summary>
    /// <param name="parts">The parts of the run.</param>
    /// <param name="refresh">Steps after which the current policy explains; 0 for that of the beginning always.</param>
    /// <exception cref="InvalidDataException">The environment has several turns, or the task cannot say where an answer begins.</exception>
    public Explainer(SupplementParts parts, int refresh)
    {
        if (parts.Environment is not SingleTurn)
        {
            throw new InvalidDataException("policy.supplements has explanations, which go with environment 'single-turn' only: a response of several turns cannot be explained at once");
        }

        TaskInstance first = parts.Task.Generate(TaskSplit.Train, 0);
        if (parts.Task.WithGoldAnswer(first, parts.Task.Demonstration(first)) is null)
        {
            throw new InvalidDataException($"policy.supplements has explanations, but task '{parts.Task.Name}' cannot say where the answer of a response begins; expected a task that can, in its reasoned style.");
        }

        (this.parts, this.refresh) = (parts, refresh);
        explaining = IsCurrent ? parts.Policy : parts.Own(parts.Policy.Clone(trainable: false));
        rollouts = parts.From(explaining);
        chains = new TargetChains(parts);
    }

    /// <summary>Whether the current policy explains.</summary>
    public bool IsCurrent => refresh == 1;

    /// <summary>The policy that explains, where it is not the current one.</summary>
    public IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks => IsCurrent ? [] : [("explainer", explaining.Parameters)];

    /// <summary>Explanations that were asked for in the last step.</summary>
    public int Asked { get; private set; }

    /// <summary>Tokens that the last step cost.</summary>
    public long SampledTokens { get; private set; }

    /// <summary>Share of the last step's explanations that come to the gold answer by themselves.</summary>
    public double RightShare { get; private set; }

    /// <summary>Share of the last step's explanations whose steps hold and lead to the gold answer, of those that the task can check; null where it can check none.</summary>
    public double? ConsistentShare { get; private set; }

    /// <summary>Begins a step.</summary>
    public void Begin(SupplementStep step)
    {
        (Asked, SampledTokens, RightShare, ConsistentShare) = (0, 0, 0, null);
        if (refresh > 1 && step.Step > 0 && step.Step % refresh == 0)
        {
            explaining.CopyFrom(parts.Policy);
        }
    }

    /// <summary>Asks for one explanation of each problem and makes targets of them: a chain a problem, or null where the explanation cannot be used.</summary>
    /// <param name="problems">The problems, without hint.</param>
    /// <param name="step">The step.</param>
    /// <param name="onlyConsistent">Whether an explanation with a step that does not hold, or that does not lead to the answer, is left out where the task can check.</param>
    public TokenTree?[] Explain(IReadOnlyList<TaskInstance> problems, SupplementStep step, bool onlyConsistent)
    {
        if (problems.Count == 0)
        {
            return [];
        }

        TaskInstance[] hinted = [.. problems.Select(problem => problem with { Prompt = TaskHints.Attach(problem.Prompt, TaskHints.FromAnswer(problem.Answer)) })];
        IReadOnlyList<Trajectory> explanations = Roll(hinted, step, rollouts: 1, firstPrompt: 0);
        (Asked, RightShare) = (problems.Count, explanations.Average(explanation => explanation.Verdict.Correct ? 1.0 : 0.0));
        bool?[] hold = [.. explanations.Select((explanation, i) => parts.Task.StepsHold(problems[i], explanation.Response))];
        int known = hold.Count(one => one is not null);
        ConsistentShare = known == 0 ? null : hold.Count(one => one == true) / (double)known;
        return [.. explanations.Select((explanation, i) => onlyConsistent && hold[i] == false ? null : chains.WithGoldAnswer(problems[i], explanation))];
    }

    /// <summary>Responses of the policy that explains to plain prompts.</summary>
    public IReadOnlyList<Trajectory> Answer(IReadOnlyList<TaskInstance> problems, SupplementStep step, int rollouts) =>
        problems.Count == 0 ? [] : Roll(problems, step, rollouts, firstPrompt: problems.Count);

    private IReadOnlyList<Trajectory> Roll(IReadOnlyList<TaskInstance> problems, SupplementStep step, int rollouts, int firstPrompt)
    {
        RolloutBatch batch = this.rollouts.Generate(problems, new RolloutRequest(rollouts, step.Seed, RandomPurpose.Supplements, step.Step, firstPrompt));
        SampledTokens += batch.Trajectories.Sum(trajectory => (long)trajectory.ResponseTokens);
        return batch.Trajectories;
    }
}
