using System.Globalization;
using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Recipes;
using Proximal.Control.State;
using Proximal.Recipes;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Algorithms.Meta;

/// <summary>
/// Reptile (Nichol, Achiam and Schulman 2018): from theta, k iterations of PPO on each of some tasks give phi_i; then
/// theta = theta + eps mean (phi_i - theta). What comes out adapts to a task of the family within a few iterations. PPO begins anew on each task,
/// its optimizer too.
/// </summary>
public sealed class Reptile : Learner
{
    private readonly IReadOnlyList<IEnvironment> tasks;
    private readonly ReptileOptions options;
    private readonly Workers workers;
    private readonly ActorCriticPolicy policy;
    private readonly float[] parameters;
    private readonly float[] adapted;
    private readonly int[] order;

    /// <summary>Prepares learning.</summary>
    /// <param name="tasks">Environments with the same spaces.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seed">Seed of first weights, choice of tasks, episodes and actions.</param>
    /// <param name="workers">Threads; <see cref="Workers.Shared"/> when null.</param>
    /// <exception cref="ArgumentException">There is no task, spaces differ, or a setting is outside its range.</exception>
    public Reptile(IReadOnlyList<IEnvironment> tasks, ReptileOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base(seed)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        this.options = options ??= new ReptileOptions();
        options.Validate();
        this.tasks = [.. tasks];
        this.workers = workers ?? Workers.Shared;
        if (tasks.Count == 0)
        {
            throw new ArgumentException("There is no task; expected at least one environment.", nameof(tasks));
        }

        EnvironmentSpecification first = tasks[0].Specification;
        foreach (IEnvironment task in tasks)
        {
            EnvironmentSpecification other = task.Specification;
            if (other.Observations.ToString() != first.Observations.ToString() || other.Actions.ToString() != first.Actions.ToString())
            {
                throw new ArgumentException(
                    $"{other.Name} has observations {other.Observations} and actions {other.Actions}, expected {first.Observations} and {first.Actions} as {first.Name} has.",
                    nameof(tasks));
            }
        }

        policy = new ActorCriticPolicy(first.Observations, first.Actions, options.Inner.Policy, seed, this.workers);
        parameters = new float[policy.NetworkParameters.Sum(parameter => parameter.Length)];
        adapted = new float[parameters.Length * Math.Min(options.TasksPerIteration, tasks.Count)];
        order = new int[tasks.Count];
    }

    internal static ComponentDefinition<Algorithm, ReptileOptions> Definition { get; } = new(
        new ComponentInfo(
            "reptile",
            Seam.Algorithms,
            "First weights from which PPO adapts to a task of a family within a few iterations.",
            "theta = theta + eps mean_i (phi_i - theta),  phi_i = k iterations of PPO on task i from theta",
            "Nichol, Achiam and Schulman 2018, \"On First-Order Meta-Learning Algorithms\""),
        ReptileOptions.Schema,
        options => new Algorithm(ActionKinds.All, task => new Reptile(task.Tasks, options, task.Seed, task.Workers))
        {
            NeedsTasks = true,
            Arithmetic = steps => string.Create(
                CultureInfo.InvariantCulture,
                $"An iteration adapts to {options.TasksPerIteration} of the tasks, or to all where there are fewer, by {options.InnerIterations} iterations of PPO with {options.Inner.Environments} x {options.Inner.Steps} steps each, and moves the first weights towards what came out. Learning ends with the iteration that comes to {steps:N0} steps."),
        });

    /// <inheritdoc/>
    public override Policy Policy => policy;

    /// <summary>theta = theta + eps mean_i (phi_i - theta).</summary>
    /// <param name="parameters">theta, changed in place.</param>
    /// <param name="adapted">phi [tasks, parameters].</param>
    /// <param name="stepSize">eps.</param>
    public static void MoveTowards(Span<float> parameters, ReadOnlySpan<float> adapted, double stepSize)
    {
        int count = adapted.Length / parameters.Length;
        for (int i = 0; i < parameters.Length; i++)
        {
            double sum = 0;
            for (int task = 0; task < count; task++)
            {
                sum += (double)adapted[(task * parameters.Length) + i] - parameters[i];
            }

            parameters[i] = (float)(parameters[i] + (stepSize * sum / count));
        }
    }

    /// <summary>Steps of the environment in an iteration of PPO on a task.</summary>
    public int StepsPerInnerIteration => options.Inner.Environments * options.Inner.Steps;

    /// <summary>A learner of PPO with the same settings that begins with random parameters, to compare with.</summary>
    /// <param name="task">An environment with the spaces of the tasks.</param>
    /// <param name="seed">Seed of its first weights, episodes, actions and minibatches.</param>
    public Ppo Begin(IEnvironment task, ulong seed) => new(task, options.Inner, seed, workers);

    /// <summary>A learner of PPO that begins with the parameters of this one, to adapt to a task.</summary>
    /// <param name="task">An environment with the spaces of the tasks.</param>
    /// <param name="seed">Seed of its episodes, actions and minibatches.</param>
    public Ppo Adapt(IEnvironment task, ulong seed)
    {
        Ppo learner = Begin(task, seed);
        IReadOnlyList<Parameter> own = ((ActorCriticPolicy)learner.Policy).NetworkParameters;
        for (int i = 0; i < own.Count; i++)
        {
            policy.NetworkParameters[i].Data.CopyTo(own[i].Data);
            own[i].MarkChanged();
        }

        return learner;
    }

    /// <inheritdoc/>
    protected override long Iterate()
    {
        int count = adapted.Length / parameters.Length;
        ChooseTasks();
        RandomStream seeds = new(Seed, RandomPurpose.Component, Iterations);
        long steps = 0;
        for (int i = 0; i < count; i++)
        {
            using Ppo learner = Adapt(tasks[order[i]], seeds.Bits(i));
            learner.Learn((long)options.InnerIterations * StepsPerInnerIteration);
            steps += learner.Steps;
            Copy(((ActorCriticPolicy)learner.Policy).NetworkParameters, adapted.AsSpan(i * parameters.Length, parameters.Length));
            if (learner.Episodes.Count > 0)
            {
                Metrics.Add("task/return", learner.Episodes.MeanReturn);
            }
        }

        double stepSize = options.AnnealStepSize ? options.StepSize * (1 - Progress) : options.StepSize;
        Copy(policy.NetworkParameters, parameters);
        MoveTowards(parameters, adapted, stepSize);
        Metrics.Add("policy/step-size", stepSize);
        int start = 0;
        foreach (Parameter parameter in policy.NetworkParameters)
        {
            parameters.AsSpan(start, parameter.Length).CopyTo(parameter.Data);
            parameter.MarkChanged();
            start += parameter.Length;
        }

        return steps;
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state) => TransferParameters(state, policy.NetworkParameters);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            policy.Dispose();
        }
    }

    private static void Copy(IReadOnlyList<Parameter> source, Span<float> target)
    {
        int start = 0;
        foreach (Parameter parameter in source)
        {
            parameter.Data.CopyTo(target[start..]);
            start += parameter.Length;
        }
    }

    private void ChooseTasks()
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        new RandomStream(Seed, RandomPurpose.Minibatches, Iterations).Shuffle(order.AsSpan());
    }
}
