using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using static Proximal.Control.Environments.SideScrolling.PlatformerLevel;

namespace Proximal.Control.Environments.SideScrolling;

/// <summary>
/// A player runs and jumps through a level of 212 columns of tiles to its right end, over gaps, pipes and stairs, past walkers that it may jump
/// on but not touch otherwise. A step is four frames of 1/60 s; actions are nothing (0), right (1), right with a jump (2), right at a run (3),
/// right at a run with a jump (4), a jump (5) and left (6). The reward is the pixels gained, less what the clock loses and 15 for a death,
/// clipped to ±15. An episode ends with a death, at the end of the clock (2,400 steps) or at column 204. Metrics are <c>distance</c>, the
/// greatest x in pixels, and <c>win</c>.
/// </summary>
public sealed class Platformer : SingleEnvironment
{
    private const int FramesPerStep = 4, FramesPerTick = 24, FirstClock = 400, WinX = 204 * TileSize, DeepestY = Rows * TileSize;
    private const int StartX = 48, StartY = 160, PlayerWidth = 12, PlayerHeight = 16, WalkerWidth = 15, WalkerHeight = 16;
    private const int Behind = 5, WindowColumns = 16, WindowCells = Rows * WindowColumns, ColumnsAhead = 6, WalkersSeen = 2;
    private const double Acceleration = 0.1, RunAcceleration = 0.14, MaximumSpeed = 1.5, MaximumRunSpeed = 2.5, Friction = 0.1;
    private const double Jump = -4, RunningJump = -4.6, RunningJumpSpeed = 2.3, HeldGravity = 0.125, Gravity = 0.45, FallSpeed = 4.5;
    private const double WalkerSpeed = 0.5, WalkerFall = 2, ActiveDistance = 256, StompDepth = 10, StompBounce = -3;
    private const double DeathPenalty = 15, GreatestReward = 15;

    private readonly PlatformerOptions options;
    private readonly PlatformerLevel level = new();
    private readonly Walker[] walkers = new Walker[MostWalkers];
    private int levelSeed = -1;
    private double x;
    private double y;
    private double velocityX;
    private double velocityY;
    private double furthest;
    private int frame;
    private int clock;
    private bool onGround;
    private bool jumpHeld;
    private bool dead;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults of the record when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public Platformer(PlatformerOptions? options = null)
    {
        this.options = PlatformerOptions.Schema.Checked(options);
        Specification = new()
        {
            Name = "platformer",
            Observations = this.options.Observation == PlatformerObservation.Window ? WindowSpace() : CompactSpace(),
            Actions = new DiscreteSpace(7),
            MaximumSteps = 2500,
            Metrics = ["distance", "win"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The level of the episode.</summary>
    public PlatformerLevel Level => level;

    /// <summary>The upper left corner of the player, in pixels, y downwards.</summary>
    public (double X, double Y) Position => (x, y);

    /// <summary>Velocity of the player, in pixels a frame, y downwards.</summary>
    public (double X, double Y) Velocity => (velocityX, velocityY);

    internal Span<Walker> Walkers => walkers.AsSpan(0, level.WalkerCount);

    internal int Clock => clock;

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => (metrics[0], metrics[1]) = ((float)furthest, Won ? 1 : 0);

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        double left = Math.Max(0, x - (Behind * TileSize)), right = left + (20 * TileSize);
        canvas.SetWorld(left, DeepestY, right, 0);
        canvas.Rectangle(left, DeepestY, right, 0, Color.Sky);
        for (int column = (int)(left / TileSize); column * TileSize < right; column++)
        {
            for (int row = 0; row < Rows; row++)
            {
                if (level.IsSolid(row, column))
                {
                    canvas.Rectangle(column * TileSize, (row + 1) * TileSize, (column + 1) * TileSize, row * TileSize, row >= GroundRow ? Color.Gray : Color.Teal);
                }
            }
        }

        foreach (ref readonly Walker walker in Walkers)
        {
            if (walker.Alive != 0)
            {
                canvas.Rectangle(walker.X, walker.Y + WalkerHeight, walker.X + WalkerWidth, walker.Y + 3, Color.Crimson);
            }
        }

        canvas.Line(new Point(WinX, 0), new Point(WinX, GroundRow * TileSize), 3, Color.White);
        canvas.Rectangle(x, y + PlayerHeight, x + PlayerWidth, y, dead ? Color.Ink : Color.Indigo);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        base.WriteText(writer);
        const string Symbols = " #w@";
        Span<float> window = stackalloc float[WindowCells];
        WriteWindow(window);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < WindowColumns; column++)
            {
                writer.Write(Symbols[(int)window[(row * WindowColumns) + column]]);
            }

            writer.WriteLine('|');
        }

        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"x {x:F1} of {WinX}, clock {clock}"));
    }

    internal void Flatten() => level.Flatten();

    internal void Place(double x, double y, double velocityX = 0, double velocityY = 0) =>
        (this.x, this.y, this.velocityX, this.velocityY) = (x, y, velocityX, velocityY);

    internal void AddWalker(int row, int column)
    {
        level.AddWalker(row, column);
        walkers[level.WalkerCount - 1] = level.Walkers[^1];
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Platformer(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        Enter(options.Level >= 0 ? options.Level : Random.Integer(int.MaxValue));
        level.Walkers.CopyTo(walkers);
        Place(StartX, StartY);
        (furthest, frame, clock) = (StartX, 0, FirstClock);
        (onGround, jumpHeld, dead) = (true, false, false);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        double before = Math.Round(x);
        int clockBefore = clock;
        (int direction, bool runs, bool jumps) = (int)action[0] switch
        {
            1 => (1, false, false),
            2 => (1, false, true),
            3 => (1, true, false),
            4 => (1, true, true),
            5 => (0, false, true),
            6 => (-1, false, false),
            _ => (0, false, false),
        };
        for (int i = 0; i < FramesPerStep && !dead && !Won; i++)
        {
            AdvanceFrame(direction, runs, jumps);
        }

        Observe(observation);
        double reward = Math.Round(x) - before + (clock - clockBefore) - (dead ? DeathPenalty : 0);
        return new StepOutcome(Math.Clamp(reward, -GreatestReward, GreatestReward), dead || Won);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        int seed = levelSeed;
        state.Value(ref seed);
        if (seed != levelSeed && seed >= 0)
        {
            Enter(seed);
        }

        state.Values<Walker>(walkers);
        state.Value(ref x);
        state.Value(ref y);
        state.Value(ref velocityX);
        state.Value(ref velocityY);
        state.Value(ref furthest);
        state.Value(ref frame);
        state.Value(ref clock);
        state.Value(ref onGround);
        state.Value(ref jumpHeld);
        state.Value(ref dead);
    }

    private bool Won => x >= WinX && !dead;

    private static BoxSpace WindowSpace()
    {
        float[] low = new float[WindowCells + 5], high = new float[WindowCells + 5];
        Array.Fill(high, 3, 0, WindowCells);
        Array.Fill(high, 1, WindowCells, 5);
        (low[WindowCells], low[WindowCells + 1]) = (-1, (float)(RunningJump / FallSpeed));
        return new BoxSpace(low, high);
    }

    private static BoxSpace CompactSpace()
    {
        float[] low = new float[(2 * ColumnsAhead) + (2 * WalkersSeen) + 4], high = new float[low.Length];
        Array.Fill(high, 1, 0, 2 * ColumnsAhead);
        Array.Fill(low, -1, 2 * ColumnsAhead, 2 * WalkersSeen);
        Array.Fill(high, 1, 2 * ColumnsAhead, 2 * WalkersSeen);
        (low[^4], low[^3], low[^1]) = (-1, (float)(RunningJump / FallSpeed), float.NegativeInfinity);
        high.AsSpan(^4..).Fill(1);
        high[^1] = float.PositiveInfinity;
        return new BoxSpace(low, high);
    }

    private void Enter(int seed)
    {
        if (seed != levelSeed)
        {
            level.Generate(options.World, seed);
            levelSeed = seed;
        }
    }

    private void AdvanceFrame(int direction, bool runs, bool jumps)
    {
        Accelerate(direction, runs, jumps);
        MoveHorizontally();
        MoveVertically();
        furthest = Math.Max(furthest, x);
        foreach (ref Walker walker in Walkers)
        {
            if (walker.Alive != 0 && Math.Abs(walker.X - x) < ActiveDistance)
            {
                Walk(ref walker);
                Meet(ref walker);
            }
        }

        frame++;
        if (frame % FramesPerTick == 0)
        {
            clock--;
        }

        dead |= y > DeepestY || clock <= 0;
    }

    private void Accelerate(int direction, bool runs, bool jumps)
    {
        double fastest = runs ? MaximumRunSpeed : MaximumSpeed;
        velocityX = direction != 0
            ? velocityX + (direction * (runs ? RunAcceleration : Acceleration))
            : Math.CopySign(Math.Max(0, Math.Abs(velocityX) - Friction), velocityX);
        velocityX = Math.Clamp(velocityX, -fastest, fastest);
        if (jumps && !jumpHeld && onGround)
        {
            velocityY = Math.Abs(velocityX) > RunningJumpSpeed ? RunningJump : Jump;
        }

        jumpHeld = jumps;
        velocityY = Math.Min(FallSpeed, velocityY + (jumps && velocityY < 0 ? HeldGravity : Gravity));
    }

    private void MoveHorizontally()
    {
        x += velocityX;
        int top = Tile(y), bottom = LastTile(y, PlayerHeight);
        int column = velocityX > 0 ? LastTile(x, PlayerWidth) : Tile(x);
        for (int row = top; row <= bottom; row++)
        {
            if (level.IsSolid(row, column))
            {
                x = velocityX > 0 ? (column * TileSize) - PlayerWidth : (column + 1) * TileSize;
                velocityX = 0;
                return;
            }
        }
    }

    private void MoveVertically()
    {
        y += velocityY;
        onGround = false;
        int left = Tile(x), right = LastTile(x, PlayerWidth);
        int row = velocityY > 0 ? LastTile(y, PlayerHeight) : Tile(y);
        for (int column = left; column <= right; column++)
        {
            if (level.IsSolid(row, column))
            {
                onGround = velocityY > 0;
                y = velocityY > 0 ? (row * TileSize) - PlayerHeight : (row + 1) * TileSize;
                velocityY = 0;
                return;
            }
        }
    }

    private void Walk(ref Walker walker)
    {
        walker.X += walker.Direction * WalkerSpeed;
        int column = walker.Direction > 0 ? LastTile(walker.X, WalkerWidth) : Tile(walker.X);
        if (level.IsSolid(Tile(walker.Y), column) || level.IsSolid(LastTile(walker.Y, WalkerHeight), column))
        {
            walker.X -= walker.Direction * WalkerSpeed;
            walker.Direction = -walker.Direction;
        }

        walker.Y += WalkerFall;
        int below = LastTile(walker.Y, WalkerHeight);
        if (level.IsSolid(below, Tile(walker.X)) || level.IsSolid(below, LastTile(walker.X, WalkerWidth)))
        {
            walker.Y = (below * TileSize) - WalkerHeight;
        }
        else if (walker.Y > DeepestY)
        {
            walker.Alive = 0;
        }
    }

    private void Meet(ref Walker walker)
    {
        if (x >= walker.X + WalkerWidth || x + PlayerWidth <= walker.X || y >= walker.Y + WalkerHeight || y + PlayerHeight <= walker.Y)
        {
            return;
        }

        if (velocityY > 0 && y + PlayerHeight < walker.Y + StompDepth)
        {
            walker.Alive = 0;
            velocityY = StompBounce;
        }
        else
        {
            dead = true;
        }
    }

    private static int Tile(double pixel) => (int)Math.Floor(pixel / TileSize);

    /// <summary>The last tile that something of a size reaches into.</summary>
    private static int LastTile(double pixel, int size) => (int)Math.Ceiling((pixel + size) / TileSize) - 1;

    private int PlayerColumn() => Math.Clamp(Tile(x + (PlayerWidth / 2)), 0, Columns - 1);

    private void Observe(Span<float> observation)
    {
        if (options.Observation == PlatformerObservation.Window)
        {
            WriteWindow(observation);
            Span<float> motion = observation[WindowCells..];
            motion[0] = (float)(velocityX / MaximumRunSpeed);
            motion[1] = (float)(velocityY / FallSpeed);
            motion[2] = onGround ? 1 : 0;
            motion[3] = (float)((x / TileSize) - Math.Floor(x / TileSize));
            motion[4] = (float)((y / TileSize) - Math.Floor(y / TileSize));
        }
        else
        {
            WriteFeatures(observation);
        }
    }

    private void WriteWindow(Span<float> window)
    {
        int first = PlayerColumn() - Behind;
        level.CopyWindow(first, WindowColumns, window);
        foreach (ref readonly Walker walker in Walkers)
        {
            if (walker.Alive != 0)
            {
                Mark(window, walker.X + (WalkerWidth / 2.0), walker.Y + (WalkerHeight / 2.0), first, 2);
            }
        }

        Mark(window, x + (PlayerWidth / 2.0), y + (PlayerHeight / 2.0), first, 3);
    }

    private static void Mark(Span<float> window, double x, double y, int firstColumn, float value)
    {
        int row = Tile(y), column = Tile(x) - firstColumn;
        if ((uint)row < Rows && (uint)column < WindowColumns)
        {
            window[(row * WindowColumns) + column] = value;
        }
    }

    private void WriteFeatures(Span<float> observation)
    {
        const int HighestObstacle = 4;
        int column = PlayerColumn();
        for (int i = 0; i < ColumnsAhead; i++)
        {
            int height = 0;
            while (height < HighestObstacle && level.IsSolid(GroundRow - 1 - height, column + 1 + i))
            {
                height++;
            }

            observation[i] = (float)height / HighestObstacle;
            observation[ColumnsAhead + i] = level.IsSolid(GroundRow, column + 1 + i) ? 0 : 1;
        }

        WriteNearestWalkers(observation.Slice(2 * ColumnsAhead, 2 * WalkersSeen));
        Span<float> motion = observation[^4..];
        motion[0] = (float)(velocityX / MaximumRunSpeed);
        motion[1] = (float)(velocityY / FallSpeed);
        motion[2] = onGround ? 1 : 0;
        motion[3] = (float)(((GroundRow * TileSize) - y - PlayerHeight) / (GroundRow * TileSize));
    }

    /// <summary>Offsets of the nearest walkers as parts of the distance at which they wake up; (1, 0) where there is none.</summary>
    private void WriteNearestWalkers(Span<float> offsets)
    {
        double nearest = ActiveDistance, second = ActiveDistance;
        offsets.Clear();
        (offsets[0], offsets[2]) = (1, 1);
        foreach (ref readonly Walker walker in Walkers)
        {
            double distance = walker.X - x, size = Math.Abs(distance);
            if (walker.Alive == 0 || size >= second)
            {
                continue;
            }

            int at = 2;
            second = size;
            if (size < nearest)
            {
                offsets[..2].CopyTo(offsets[2..]);
                (nearest, second, at) = (size, nearest, 0);
            }

            offsets[at] = (float)(distance / ActiveDistance);
            offsets[at + 1] = (float)Math.Clamp((walker.Y - y) / ActiveDistance, -1, 1);
        }
    }
}
