using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.State;

namespace Proximal.Control.Environments.ToyText;

/// <summary>
/// Taxi-v3 (Dietterich 2000, as in Gymnasium): a passenger is taken from one of four landmarks to another in a field of 5 by 5 cells with
/// walls, by moves south (0), north (1), east (2) and west (3), pickup (4) and dropoff (5). The observation is
/// ((row * 5 + column) * 5 + passenger) * 4 + destination, with landmarks R, G, Y, B = 0 to 3 and passenger 4 = in the taxi. The reward is -1
/// a step, -10 for a pickup or dropoff that is not possible, and 20 for the delivery, which ends the episode; it is truncated after 200 steps.
/// </summary>
public sealed class Taxi : TabularEnvironment
{
    private const int Size = 5, Places = 5, Landmarks = 4, Actions = 6, InTaxi = 4;
    private const double ChangeProbability = 0.3;

    private static readonly (int Row, int Column)[] LandmarkCells = [(0, 0), (0, 4), (4, 0), (4, 3)];
    private static readonly (int Row, int Column)[] Headings = [(1, 0), (-1, 0), (0, 1), (0, -1)];

    // Columns to whose right a wall stands, by row.
    private static readonly int[][] Walls = [[1], [1], [], [0, 2], [0, 2]];

    private readonly TaxiOptions options;
    private bool mayChange;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    public Taxi(TaxiOptions? options = null)
        : this(options ?? new TaxiOptions(), null)
    {
    }

    private Taxi(TaxiOptions options, TransitionTable? table)
        : base(table ?? CreateTable(options.Rainy), "taxi", 200, options == new TaxiOptions() ? 8 : null)
    {
        this.options = options;
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        (int row, int column, int passenger, int destination) = Decode(State);
        canvas.SetWorld(-0.1, Size + 0.1, Size + 0.1, -0.1);
        canvas.Rectangle(0, 0, Size, Size, Color.Silver);
        Color[] colors = [Color.Crimson, Color.Teal, Color.Amber, Color.Sky];
        for (int i = 0; i < Landmarks; i++)
        {
            (int y, int x) = LandmarkCells[i];
            canvas.Rectangle(x, y, x + 1, y + 1, colors[i]);
            if (i == destination)
            {
                canvas.Rectangle(x + 0.2, y + 0.2, x + 0.8, y + 0.8, Color.White);
            }
        }

        for (int y = 0; y < Size; y++)
        {
            foreach (int x in Walls[y])
            {
                canvas.Line(new Point(x + 1, y), new Point(x + 1, y + 1), 0.1, Color.Ink);
            }
        }

        canvas.Rectangle(column + 0.15, row + 0.3, column + 0.85, row + 0.7, Color.Indigo);
        Point person = passenger == InTaxi ? new Point(column + 0.5, row + 0.5) : new Point(LandmarkCells[passenger].Column + 0.5, LandmarkCells[passenger].Row + 0.5);
        canvas.Circle(person, 0.14, Color.Ink);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        (int row, int column, int passenger, int destination) = Decode(State);
        Span<char> line = stackalloc char[(2 * Size) + 1];
        for (int y = 0; y < Size; y++)
        {
            line.Fill(':');
            line[0] = line[^1] = '|';
            foreach (int x in Walls[y])
            {
                line[(2 * x) + 2] = '|';
            }

            for (int x = 0; x < Size; x++)
            {
                int landmark = Array.IndexOf(LandmarkCells, (y, x));
                line[(2 * x) + 1] = (y, x) == (row, column) ? '@' : landmark >= 0 ? "RGYB"[landmark] : ' ';
            }

            writer.WriteLine(line);
        }

        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"passenger {(passenger == InTaxi ? "in the taxi" : "at " + "RGYB"[passenger])}, to {"RGYB"[destination]}"));
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Taxi(options, Table);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        base.Begin(observation);
        mayChange = options.Fickle && Random.Chance(ChangeProbability);
    }

    /// <inheritdoc/>
    protected override int AfterTransition(int from, int next)
    {
        if (!mayChange)
        {
            return next;
        }

        (int fromRow, int fromColumn, int passenger, int destination) = Decode(from);
        (int row, int column, _, _) = Decode(next);
        if (passenger != InTaxi || (fromRow, fromColumn) == (row, column))
        {
            return next;
        }

        mayChange = false;
        return Encode(row, column, InTaxi, (destination + 1 + Random.Integer(Landmarks - 1)) % Landmarks);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Value(ref mayChange);
    }

    private static int Encode(int row, int column, int passenger, int destination) => (((((row * Size) + column) * Places) + passenger) * Landmarks) + destination;

    private static (int Row, int Column, int Passenger, int Destination) Decode(int state) =>
        (state / (Size * Places * Landmarks), state / (Places * Landmarks) % Size, state / Landmarks % Places, state % Landmarks);

    private static TransitionTable CreateTable(bool rainy)
    {
        double[] initial = new double[Size * Size * Places * Landmarks];
        for (int state = 0; state < initial.Length; state++)
        {
            (_, _, int passenger, int destination) = Decode(state);
            initial[state] = passenger < InTaxi && passenger != destination ? 1.0 / 300 : 0;
        }

        return new TransitionTable(initial, Actions, (state, action) =>
        {
            (int row, int column, int passenger, int destination) = Decode(state);
            int landmark = Array.IndexOf(LandmarkCells, (row, column));
            return action switch
            {
                4 when passenger == landmark => [new Transition(1, Encode(row, column, InTaxi, destination), -1, false)],
                5 when passenger == InTaxi && landmark == destination => [new Transition(1, Encode(row, column, destination, destination), 20, true)],
                5 when passenger == InTaxi && landmark >= 0 => [new Transition(1, Encode(row, column, landmark, destination), -1, false)],
                4 or 5 => [new Transition(1, state, -10, false)],
                _ when !rainy => [Move(action, 1)],
                _ when !IsOpen(row, column, action) => [Move(action, 1)],
                < 2 => [Move(action, 0.8), Move(3, 0.1), Move(2, 0.1)],
                _ => [Move(action, 0.8), Move(0, 0.1), Move(1, 0.1)],
            };

            Transition Move(int heading, double probability)
            {
                (int down, int right) = IsOpen(row, column, heading) ? Headings[heading] : (0, 0);
                return new Transition(probability, Encode(row + down, column + right, passenger, destination), -1, false);
            }
        });
    }

    private static bool IsOpen(int row, int column, int heading) => heading switch
    {
        0 => row < Size - 1,
        1 => row > 0,
        2 => column < Size - 1 && !Walls[row].Contains(column),
        _ => column > 0 && !Walls[row].Contains(column - 1),
    };
}
