using Proximal.Control.Environments;
using Proximal.Control.Spaces;
using Proximal.Tensors.Random;

namespace Proximal.Control.Planning;

/// <summary>
/// Plans with copies of the environment (UCT, Kocsis and Szepesvári 2006). A simulation goes down the tree by the largest bound, adds one leaf,
/// values it by a random rollout, and adds the discounted return to every action on the way: N(s,a) += 1, Q(s,a) += (G - Q(s,a)) / N(s,a).
/// <para>Bounds: Q + c sqrt(ln N(s) / N(s,a)) with untried actions first; with a guide Q + c P(s,a) sqrt(N(s)) / (1 + N(s,a)) (PUCT, Rosin 2011).
/// Q is scaled to [0, 1] by the smallest and largest value of the tree (Schrittwieser et al. 2020), so the constant needs no tuning to the
/// rewards.</para>
/// <para>The search is open-loop: a node is a sequence of actions, and every simulation steps the environment anew with random numbers of its own.
/// So it needs no model of chance and cannot foresee it.</para>
/// </summary>
public sealed class MonteCarloTreeSearch
{
    private const int NoChild = -1;

    private readonly TreeSearchOptions options;
    private readonly SearchGuide? guide;
    private readonly SingleEnvironment simulation;
    private readonly int actions;
    private readonly float[] observation;
    private readonly bool[] mask;
    private readonly float[] action = new float[1];
    private readonly float[] priors;
    private readonly int[] children;
    private readonly int[] visits;
    private readonly double[] totals;
    private readonly float[] nodePriors;
    private readonly int[] pathEdges;
    private readonly double[] pathRewards;
    private int nodes;
    private double smallest;
    private double largest;
    private long decisions;

    /// <summary>Prepares a search.</summary>
    /// <param name="environment">The environment; its own state is not touched.</param>
    /// <param name="options">Settings.</param>
    /// <param name="guide">Values and priors of states; random rollouts when null.</param>
    /// <exception cref="ArgumentException">The actions are not discrete.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public MonteCarloTreeSearch(SingleEnvironment environment, TreeSearchOptions? options = null, SearchGuide? guide = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        this.options = options ?? new TreeSearchOptions();
        this.options.Validate();
        this.guide = guide;
        if (environment.Specification.Actions is not DiscreteSpace discrete)
        {
            throw new ArgumentException($"Tree search takes discrete actions, which {environment.Specification.Name} has not: {environment.Specification.Actions}.", nameof(environment));
        }

        simulation = environment.Create(0);
        actions = discrete.Count;
        observation = new float[environment.Specification.Observations.Width];
        mask = new bool[actions];
        priors = new float[actions];
        int edges = checked((this.options.Simulations + 1) * actions);
        children = new int[edges];
        visits = new int[edges];
        totals = new double[edges];
        nodePriors = new float[guide is null ? 0 : edges];
        pathEdges = new int[this.options.Simulations + 1];
        pathRewards = new double[this.options.Simulations + 1];
    }

    /// <summary>How often the last search tried each action of its root [actions].</summary>
    public ReadOnlySpan<int> Visits => visits.AsSpan(0, actions);

    /// <summary>The value of an action of the last search's root: the mean discounted return; NaN for one that was not tried.</summary>
    public double Value(int rootAction) => visits[rootAction] == 0 ? double.NaN : totals[rootAction] / visits[rootAction];

    /// <summary>Searches from a state and chooses the action that was tried most (of those tried alike, the one of larger value).</summary>
    /// <param name="state">The state, which is not changed.</param>
    /// <param name="seen">What a policy sees of it.</param>
    public int Choose(SingleEnvironment state, ReadOnlySpan<float> seen)
    {
        ArgumentNullException.ThrowIfNull(state);
        decisions++;
        nodes = 0;
        smallest = double.PositiveInfinity;
        largest = double.NegativeInfinity;
        AddNode();
        if (guide is not null)
        {
            guide(state, seen, priors);
            priors.CopyTo(nodePriors, 0);
        }

        for (int i = 0; i < options.Simulations; i++)
        {
            simulation.CopyStateFrom(state);
            simulation.ReplaceRandom(new EpisodeRandom(options.Seed, i, decisions));
            Simulate(new RandomStream(options.Seed, RandomPurpose.Exploration, decisions, i));
        }

        int best = -1;
        for (int a = 0; a < actions; a++)
        {
            if (visits[a] > 0 && (best < 0 || visits[a] > visits[best] || (visits[a] == visits[best] && Value(a) > Value(best))))
            {
                best = a;
            }
        }

        return best;
    }

    /// <summary>Plays an episode with a search before every step.</summary>
    /// <param name="environment">Where the episode is played; its state is lost.</param>
    /// <param name="random">The episode.</param>
    /// <returns>The return, without discount.</returns>
    public double PlayEpisode(SingleEnvironment environment, EpisodeRandom random)
    {
        ArgumentNullException.ThrowIfNull(environment);
        float[] seen = new float[observation.Length];
        environment.Reset(random, seen);
        double total = 0;
        StepOutcome outcome;
        do
        {
            outcome = environment.Step([Choose(environment, seen)], seen);
            total += outcome.Reward;
        }
        while (!outcome.Terminated && !outcome.Truncated);

        return total;
    }

    private void Simulate(in RandomStream random)
    {
        int node = 0, depth = 0;
        double value = 0;
        while (true)
        {
            simulation.WriteActionMask(mask);
            int edge = (node * actions) + Select(node, in random, depth);
            action[0] = edge % actions;
            StepOutcome outcome = simulation.Step(action, observation);
            pathEdges[depth] = edge;
            pathRewards[depth++] = outcome.Reward;
            if (outcome.Terminated || outcome.Truncated)
            {
                break;
            }

            if (children[edge] == NoChild)
            {
                value = Evaluate(children[edge] = AddNode(), in random);
                break;
            }

            node = children[edge];
        }

        for (int i = depth - 1; i >= 0; i--)
        {
            value = pathRewards[i] + (options.Discount * value);
            int edge = pathEdges[i];
            totals[edge] += value;
            double mean = totals[edge] / ++visits[edge];
            smallest = Math.Min(smallest, mean);
            largest = Math.Max(largest, mean);
        }
    }

    private int Select(int node, in RandomStream random, int depth)
    {
        int first = node * actions, total = 0, untried = 0;
        for (int a = 0; a < actions; a++)
        {
            total += visits[first + a];
            untried += mask[a] && visits[first + a] == 0 ? 1 : 0;
        }

        if (guide is null && untried > 0)
        {
            // Depth counts backwards: rollouts use the positions from 0 on.
            int chosen = random.Integer(-1 - depth, untried);
            for (int a = 0; ; a++)
            {
                if (mask[a] && visits[first + a] == 0 && chosen-- == 0)
                {
                    return a;
                }
            }
        }

        int best = -1;
        double bestBound = double.NegativeInfinity;
        for (int a = 0; a < actions; a++)
        {
            if (mask[a] && Bound(first + a, total) is var bound && bound > bestBound)
            {
                (best, bestBound) = (a, bound);
            }
        }

        return best >= 0 ? best : throw new EnvironmentException(simulation.Specification.Name, 0, simulation.Steps, "no action is legal, expected at least one");
    }

    private double Bound(int edge, int total)
    {
        int count = visits[edge];
        double mean = count == 0 ? 0 : largest > smallest ? ((totals[edge] / count) - smallest) / (largest - smallest) : 0.5;
        return mean + (options.Exploration * (guide is null ? Math.Sqrt(Math.Log(total) / count) : nodePriors[edge] * Math.Sqrt(total + 1) / (1 + count)));
    }

    private int AddNode()
    {
        int first = nodes * actions;
        children.AsSpan(first, actions).Fill(NoChild);
        visits.AsSpan(first, actions).Clear();
        totals.AsSpan(first, actions).Clear();
        return nodes++;
    }

    private double Evaluate(int node, in RandomStream random)
    {
        if (guide is not null)
        {
            double judged = guide(simulation, observation, priors);
            priors.CopyTo(nodePriors, node * actions);
            return judged;
        }

        double value = 0, weight = 1;
        for (int step = 0; step < options.RolloutSteps; step++)
        {
            simulation.WriteActionMask(mask);
            int legal = mask.AsSpan().Count(true), chosen = random.Integer(step, legal);
            for (int a = 0; ; a++)
            {
                if (mask[a] && chosen-- == 0)
                {
                    action[0] = a;
                    break;
                }
            }

            StepOutcome outcome = simulation.Step(action, observation);
            value += weight * outcome.Reward;
            weight *= options.Discount;
            if (outcome.Terminated || outcome.Truncated)
            {
                break;
            }
        }

        return value;
    }
}
