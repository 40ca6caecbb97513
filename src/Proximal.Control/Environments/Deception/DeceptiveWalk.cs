using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Deception;

/// <summary>
/// A walk over a grid to a goal, in time, while an observer (<see cref="GoalObserver"/>) guesses which of several goals it is. A step costs 0.01 and pays
/// a bonus for deception; arriving pays 1, being too late costs 1. Moves: 0 up, 1 down, 2 left, 3 right. The observation describes the present cell and
/// its four neighbors by free, visited, distance to the goal, distance to the nearest decoy and time to spare, all distances as multiples of the shortest
/// way from the start, and the time left: so a policy fits grids of every size.
/// </summary>
public sealed class DeceptiveWalk : SingleEnvironment
{
    private const int Features = 5, Places = 5, Moves = 4, OutOfReach = -1;
    private const double StepCost = 0.01;

    private readonly DeceptiveWalkOptions options;
    private readonly int size;
    private readonly int goalCount;
    private readonly bool[] blocked;
    private readonly bool[] visited;
    private readonly int[] goals;
    private readonly int[] distances;
    private readonly int[] startDistances;
    private readonly int[] queue;
    private readonly double[] detours;
    private readonly double[] beliefs;
    private int cell;
    private int limit;
    private int walked;
    private double deceived;

    /// <summary>Creates an environment whose episodes have random grids.</summary>
    /// <param name="options">Size, goals and payment; 8 x 8 cells and two decoys when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public DeceptiveWalk(DeceptiveWalkOptions? options = null)
    {
        this.options = options ?? new DeceptiveWalkOptions();
        this.options.Validate();
        (size, goalCount) = (this.options.Size, this.options.Decoys + 1);
        blocked = new bool[size * size];
        visited = new bool[size * size];
        queue = new int[size * size];
        goals = new int[goalCount];
        distances = new int[goalCount * size * size];
        startDistances = new int[goalCount];
        detours = new double[goalCount];
        beliefs = new double[goalCount];
        Specification = new EnvironmentSpecification
        {
            Name = "deceptive-walk",
            Observations = new BoxSpace(new Shape((Places * Features) + 1)),
            Actions = new DiscreteSpace(Moves),
            HasActionMask = true,
            Metrics = ["arrived", "deceived"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>What the observer believes of the goal and of every decoy.</summary>
    public ReadOnlySpan<double> Beliefs => beliefs;

    private int TimeLeft => limit - walked;

    /// <summary>Lays out a grid and begins the running episode anew with it.</summary>
    /// <param name="newBlocked">Whether each cell is blocked, row by row [size x size].</param>
    /// <param name="start">The cell of the start.</param>
    /// <param name="newGoals">The cells of the goal and of the decoys.</param>
    /// <param name="steps">The limit of steps.</param>
    /// <param name="observation">Receives the first observation.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a goal cannot be reached.</exception>
    public void SetGrid(ReadOnlySpan<bool> newBlocked, int start, ReadOnlySpan<int> newGoals, int steps, Span<float> observation)
    {
        if (newBlocked.Length != blocked.Length || newGoals.Length != goalCount)
        {
            throw new ArgumentException($"A grid of {blocked.Length} cells and {goalCount} goals was expected, not of {newBlocked.Length} and {newGoals.Length}.", nameof(newBlocked));
        }

        newBlocked.CopyTo(blocked);
        newGoals.CopyTo(goals);
        if (!Measure(start))
        {
            throw new ArgumentException($"A goal cannot be reached from cell {start}.", nameof(start));
        }

        Restart(start, steps, observation);
    }

    /// <inheritdoc/>
    public override void WriteActionMask(Span<bool> mask)
    {
        for (int move = 0; move < Moves; move++)
        {
            int target = Target(cell, move);
            mask[move] = target >= 0 && (!options.Safe || TimeLeft - 1 >= distances[target]);
        }
    }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics)
    {
        metrics[0] = cell == goals[0] ? 1 : 0;
        metrics[1] = (float)(deceived / Math.Max(1, walked));
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-0.1, size + 0.1, size + 0.1, -0.1);
        for (int i = 0; i < blocked.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, size);
            canvas.Rectangle(column + 0.02, row + 0.02, column + 0.98, row + 0.98, blocked[i] ? Color.Gray : visited[i] ? Color.Sky : Color.Silver.WithOpacity(0.4));
        }

        for (int goal = goalCount - 1; goal >= 0; goal--)
        {
            canvas.Circle(Middle(goals[goal]), 0.3, goal == 0 ? Color.Teal : Color.Amber);
        }

        canvas.Circle(Middle(cell), 0.22, Color.Indigo);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < Math.Min(size, 80); column++)
            {
                int at = (row * size) + column;
                writer.Write(at == cell ? '●' : at == goals[0] ? '◆' : Array.IndexOf(goals, at) > 0 ? '◇' : blocked[at] ? '█' : visited[at] ? '○' : '·');
            }

            writer.WriteLine();
        }

        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time left {TimeLeft}, the observer believes {beliefs[0]:0.00} in the goal"));
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new DeceptiveWalk(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        int start;
        do
        {
            foreach (ref bool obstacle in blocked.AsSpan())
            {
                obstacle = Random.Chance(options.Obstacles);
            }

            start = Random.Integer(blocked.Length);
            foreach (ref int goal in goals.AsSpan())
            {
                goal = Random.Integer(blocked.Length);
            }
        }
        while (blocked[start] || !AreApart(start) || !Measure(start));

        int steps = (int)Math.Floor(startDistances[0] * Random.Uniform(1, options.Slack));
        Restart(start, Math.Max(startDistances[0], steps), observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        int target = Target(cell, (int)action[0]);
        cell = target >= 0 ? target : cell;
        visited[cell] = true;
        walked++;
        Observe(observation);
        deceived += 1 - beliefs[0];
        double decoy = 0;
        for (int goal = 1; goal < goalCount; goal++)
        {
            decoy = Math.Max(decoy, beliefs[goal]);
        }

        double bonus = options.Deception == DeceptionKind.Exaggeration ? decoy - beliefs[0] : -Math.Abs(beliefs[0] - decoy);
        double reward = (options.Bonus * bonus) - StepCost;
        if (cell == goals[0])
        {
            return new StepOutcome(reward + 1, Terminated: true);
        }

        return TimeLeft < distances[cell] ? new StepOutcome(reward - 1, Terminated: true) : new StepOutcome(reward);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Values<bool>(blocked);
        state.Values<bool>(visited);
        state.Values<int>(goals);
        state.Values<int>(distances);
        state.Values<int>(startDistances);
        state.Values<double>(beliefs);
        state.Value(ref cell);
        state.Value(ref limit);
        state.Value(ref walked);
        state.Value(ref deceived);
    }

    private Point Middle(int at) => new((at % size) + 0.5, (at / size) + 0.5);

    private bool AreApart(int start)
    {
        for (int i = 0; i < goalCount; i++)
        {
            if (blocked[goals[i]] || goals[i] == start || goals.AsSpan(0, i).Contains(goals[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void Restart(int start, int steps, Span<float> observation)
    {
        (cell, limit, walked, deceived) = (start, steps, 0, 0);
        visited.AsSpan().Clear();
        visited[cell] = true;
        Observe(observation);
    }

    /// <summary>Where a move leads; -1 where it is blocked.</summary>
    private int Target(int from, int move)
    {
        (int row, int column) = Math.DivRem(from, size);
        (row, column) = move switch { 0 => (row - 1, column), 1 => (row + 1, column), 2 => (row, column - 1), _ => (row, column + 1) };
        bool inside = row >= 0 && row < size && column >= 0 && column < size;
        return inside && !blocked[(row * size) + column] ? (row * size) + column : -1;
    }

    /// <summary>Finds the distance of every cell to every goal; false where the start cannot reach one.</summary>
    private bool Measure(int start)
    {
        for (int goal = 0; goal < goalCount; goal++)
        {
            Span<int> found = distances.AsSpan(goal * blocked.Length, blocked.Length);
            found.Fill(OutOfReach);
            found[goals[goal]] = 0;
            queue[0] = goals[goal];
            for (int first = 0, end = 1; first < end; first++)
            {
                for (int move = 0; move < Moves; move++)
                {
                    int next = Target(queue[first], move);
                    if (next >= 0 && found[next] == OutOfReach)
                    {
                        found[next] = found[queue[first]] + 1;
                        queue[end++] = next;
                    }
                }
            }

            startDistances[goal] = found[start];
            if (found[start] == OutOfReach)
            {
                return false;
            }
        }

        return true;
    }

    private void Observe(Span<float> observation)
    {
        for (int goal = 0; goal < goalCount; goal++)
        {
            detours[goal] = walked + distances[(goal * blocked.Length) + cell] - startDistances[goal];
        }

        GoalObserver.Infer(detours, beliefs);
        float scale = 1f / startDistances[0];
        observation.Clear();
        for (int place = 0; place < Places; place++)
        {
            int at = place == 0 ? cell : Target(cell, place - 1);
            if (at < 0)
            {
                continue;
            }

            int decoy = int.MaxValue;
            for (int goal = 1; goal < goalCount; goal++)
            {
                decoy = Math.Min(decoy, distances[(goal * blocked.Length) + at]);
            }

            Span<float> row = observation.Slice(place * Features, Features);
            row[0] = 1;
            row[1] = visited[at] ? 1 : 0;
            row[2] = scale * distances[at];
            row[3] = scale * decoy;
            row[4] = scale * (TimeLeft - distances[at]);
        }

        observation[^1] = scale * TimeLeft;
    }
}
