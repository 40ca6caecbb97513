using Proximal.Control.State;

namespace Proximal.Control.Environments.MinAtar;

/// <summary>
/// A chicken crosses a road of eight lanes, one car on each; the other side is worth 1 and gives all cars new speeds, a car sends it back to
/// the start. The chicken steps at most every third frame. The game is over after 2,500 frames.
/// </summary>
public sealed class Freeway : MinAtarGame
{
    private const int Lanes = Size - 2, Lane = 4, StepInterval = 3, Frames = 2500, Fastest = 5, SpeedChannel = 2;

    private readonly Mover[] cars = new Mover[Lanes];
    private readonly int[] periods = new int[Lanes];
    private int row;
    private int moveTimer;
    private int remaining;

    /// <summary>Creates the game.</summary>
    /// <param name="options">Settings; the defaults of the record when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public Freeway(MinAtarOptions? options = null)
        : base("minatar-freeway", "@C12345", ["chicken", "car", "speed1", "speed2", "speed3", "speed4", "speed5"], [MinAtarAction.None, MinAtarAction.Up, MinAtarAction.Down], options)
    {
    }

    internal Span<Mover> Cars => cars;

    internal Span<int> Periods => periods;

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Freeway(Options);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Values<Mover>(cars);
        state.Values<int>(periods);
        state.Value(ref row);
        state.Value(ref moveTimer);
        state.Value(ref remaining);
    }

    private protected override void Start()
    {
        for (int i = 0; i < Lanes; i++)
        {
            cars[i] = new(0, i + 1, toRight: true);
        }

        DrawSpeeds();
        row = Size - 1;
        moveTimer = StepInterval;
        remaining = Frames;
    }

    private protected override int Play(MinAtarAction action, ref bool over)
    {
        int reward = 0;
        if (action is MinAtarAction.Up or MinAtarAction.Down && moveTimer == 0)
        {
            moveTimer = StepInterval;
            row = Math.Clamp(row + (action == MinAtarAction.Up ? -1 : 1), 0, Size - 1);
        }

        if (row == 0)
        {
            reward = 1;
            DrawSpeeds();
            row = Size - 1;
        }

        for (int i = 0; i < Lanes; i++)
        {
            ref Mover car = ref cars[i];
            Meet(car);
            if (car.MoveTimer == 0)
            {
                car.MoveTimer = periods[i];
                car.Column = Wrap(car.Column + (car.ToRight ? 1 : -1));
                Meet(car);
            }
            else
            {
                car.MoveTimer--;
            }
        }

        moveTimer = Math.Max(0, moveTimer - 1);
        remaining--;
        over = remaining < 0;
        return reward;
    }

    private protected override void Show(MinAtarBoard board)
    {
        board.Set(0, row, Lane);
        for (int i = 0; i < Lanes; i++)
        {
            board.Set(1, cars[i].Row, cars[i].Column);
            board.Set(SpeedChannel + periods[i] - 1, cars[i].Row, Wrap(cars[i].Behind));
        }
    }

    private static int Wrap(int column) => column < 0 ? Size - 1 : column >= Size ? 0 : column;

    private void Meet(in Mover car)
    {
        if (car.IsAt(Lane, row))
        {
            row = Size - 1;
        }
    }

    private void DrawSpeeds()
    {
        for (int i = 0; i < Lanes; i++)
        {
            cars[i].MoveTimer = periods[i] = Random.Integer(1, Fastest);
            cars[i].ToRight = Random.Integer(2) == 0;
        }
    }
}
