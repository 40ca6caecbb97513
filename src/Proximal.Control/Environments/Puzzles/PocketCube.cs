using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Puzzles;

/// <summary>
/// The 2 x 2 x 2 cube, turned until every face has one color. The observation is the corner at each of seven places and its twist (the eighth corner is
/// held still); every move costs 1. An episode begins with up to <c>Scramble</c> random quarter turns from the solved cube, and not at it.
/// </summary>
public sealed class PocketCube : SingleEnvironment
{
    private const int Corners = 7;

    private static readonly Color[] Stickers = [Color.White, Color.Hex(0xC41E3A), Color.Hex(0x009E60), Color.Hex(0xFFD500), Color.Hex(0xFF7A00), Color.Hex(0x0051BA)];

    private readonly PocketCubeOptions options;
    private readonly PocketCubeMoves moves;
    private readonly PocketCubeMoves quarterTurns;
    private int cube;

    /// <summary>Creates a cube.</summary>
    /// <param name="options">Moves and scramble; quarter turns when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public PocketCube(PocketCubeOptions? options = null)
    {
        this.options = options ?? new PocketCubeOptions();
        this.options.Validate();
        quarterTurns = PocketCubeMoves.QuarterTurns();
        moves = this.options.HalfTurns ? PocketCubeMoves.HalfTurns() : this.options.MacroLength == 1 ? quarterTurns : PocketCubeMoves.Macros(this.options.MacroLength);
        Specification = new EnvironmentSpecification
        {
            Name = "pocket-cube",
            Observations = new MultiDiscreteSpace(7, 7, 7, 7, 7, 7, 7, 3, 3, 3, 3, 3, 3, 3),
            Actions = new DiscreteSpace(moves.Count),
            MaximumSteps = this.options.MaximumSteps,
            Metrics = ["solved"],
        };
    }

    private PocketCube(PocketCube other) =>
        (options, moves, quarterTurns, Specification) = (other.options, other.moves, other.quarterTurns, other.Specification);

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The moves that actions stand for.</summary>
    public PocketCubeMoves Moves => moves;

    /// <summary>Number of the state, within the running episode.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not one of a state.</exception>
    public int CubeState
    {
        get => cube;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, PocketCubeMoves.States);
            cube = value;
        }
    }

    /// <summary>Corner colors in the order of the places, clockwise from the side of up or down: U 0, R 1, F 2, D 3, L 4, B 5.</summary>
    private static ReadOnlySpan<byte> CornerColors => [0, 1, 2, 0, 2, 4, 0, 4, 5, 0, 5, 1, 3, 2, 1, 3, 4, 2, 3, 1, 5, 3, 5, 4];

    /// <summary>Where each color of a corner lies at home: face x 4 + sticker, row by row.</summary>
    private static ReadOnlySpan<byte> CornerStickers => [3, 4, 9, 2, 8, 17, 0, 16, 21, 1, 20, 5, 13, 11, 6, 12, 19, 10, 15, 7, 22, 14, 23, 18];

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = cube == PocketCubeMoves.Solved ? 1 : 0;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        Span<byte> stickers = stackalloc byte[24];
        WriteStickers(stickers);
        canvas.SetWorld(-0.3, 6.3, 8.3, -0.3);
        for (int face = 0; face < 6; face++)
        {
            (int left, int top) = Corner(face);
            for (int i = 0; i < 4; i++)
            {
                double x = left + (i % 2), y = top + (i / 2);
                canvas.Rectangle(x, y, x + 1, y + 1, Color.Ink);
                canvas.Rectangle(x + 0.05, y + 0.05, x + 0.95, y + 0.95, Stickers[stickers[(4 * face) + i]]);
            }
        }
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<byte> stickers = stackalloc byte[24];
        Span<char> picture = stackalloc char[6 * 8];
        WriteStickers(stickers);
        picture.Fill(' ');
        for (int face = 0; face < 6; face++)
        {
            (int left, int top) = Corner(face);
            for (int i = 0; i < 4; i++)
            {
                picture[((top + (i / 2)) * 8) + left + (i % 2)] = "WRGYOB"[stickers[(4 * face) + i]];
            }
        }

        for (int row = 0; row < 6; row++)
        {
            writer.WriteLine(picture.Slice(8 * row, 8).TrimEnd());
        }
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new PocketCube(this);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        cube = PocketCubeMoves.Solved;
        int turns = Random.Integer(1, options.Scramble);
        for (int i = 0; i < turns || cube == PocketCubeMoves.Solved; i++)
        {
            cube = quarterTurns.Apply(cube, Random.Integer(quarterTurns.Count));
        }

        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        cube = moves.Apply(cube, (int)action[0]);
        Observe(observation);
        return new StepOutcome(-1, cube == PocketCubeMoves.Solved);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state) => state.Value(ref cube);

    private static (int Left, int Top) Corner(int face) => face switch { 0 => (2, 0), 1 => (4, 2), 2 => (2, 2), 3 => (2, 4), 4 => (0, 2), _ => (6, 2) };

    private void WriteStickers(Span<byte> stickers)
    {
        Span<byte> order = stackalloc byte[Corners + 1], twists = stackalloc byte[Corners + 1];
        PocketCubeMoves.WriteOrder(cube, order);
        PocketCubeMoves.WriteTwist(cube, twists);
        (order[Corners], twists[Corners]) = (Corners, 0);
        for (int place = 0; place <= Corners; place++)
        {
            for (int side = 0; side < 3; side++)
            {
                stickers[CornerStickers[(3 * place) + ((side + twists[place]) % 3)]] = CornerColors[(3 * order[place]) + side];
            }
        }
    }

    private void Observe(Span<float> observation)
    {
        Span<byte> row = stackalloc byte[2 * Corners];
        PocketCubeMoves.WriteOrder(cube, row);
        PocketCubeMoves.WriteTwist(cube, row[Corners..]);
        for (int i = 0; i < row.Length; i++)
        {
            observation[i] = row[i];
        }
    }
}
