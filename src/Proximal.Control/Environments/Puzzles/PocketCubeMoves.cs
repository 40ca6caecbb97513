namespace Proximal.Control.Environments.Puzzles;

/// <summary>
/// The states of the 2 x 2 x 2 cube whose corner down-back-left is held still, and what turns do to them. A state is the order of the seven other corners
/// (5040) and the twist of six of them (729); its number is order x 729 + twist. Corners lie at URF, UFL, ULB, UBR, DFR, DLF, DRB.
/// </summary>
public sealed class PocketCubeMoves
{
    /// <summary>Number of states.</summary>
    public const int States = Orders * Twists;

    private const int Corners = 7, Orders = 5040, Twists = 729;

    /// <summary>For each place after a clockwise turn of U, R and F: where its corner came from.</summary>
    private static ReadOnlySpan<byte> Sources =>
    [
        3, 0, 1, 2, 4, 5, 6,
        4, 1, 2, 0, 6, 5, 3,
        1, 5, 2, 3, 0, 4, 6,
    ];

    /// <summary>For each place: what the turn adds to the twist of its corner.</summary>
    private static ReadOnlySpan<byte> AddedTwists =>
    [
        0, 0, 0, 0, 0, 0, 0,
        2, 0, 0, 1, 1, 0, 2,
        1, 2, 0, 0, 2, 1, 0,
    ];

    private readonly ushort[] nextOrder;
    private readonly ushort[] nextTwist;
    private readonly string[] names;

    private PocketCubeMoves(List<(string Name, byte[] Source, byte[] Twist)> moves)
    {
        Count = moves.Count;
        names = [.. moves.Select(move => move.Name)];
        nextOrder = new ushort[Orders * Count];
        nextTwist = new ushort[Twists * Count];
        Span<byte> before = stackalloc byte[Corners], after = stackalloc byte[Corners];
        for (int move = 0; move < Count; move++)
        {
            (_, byte[] source, byte[] added) = moves[move];
            for (int order = 0; order < Orders; order++)
            {
                PermutationRank.Write(order, before);
                for (int place = 0; place < Corners; place++)
                {
                    after[place] = before[source[place]];
                }

                nextOrder[(order * Count) + move] = (ushort)PermutationRank.Of(after);
            }

            for (int twist = 0; twist < Twists; twist++)
            {
                WriteTwists(twist, before);
                for (int place = 0; place < Corners; place++)
                {
                    after[place] = (byte)((before[source[place]] + added[place]) % 3);
                }

                nextTwist[(twist * Count) + move] = (ushort)TwistOf(after);
            }
        }
    }

    /// <summary>Number of moves.</summary>
    public int Count { get; }

    /// <summary>The state in which every face has one color.</summary>
    public static int Solved => 0;

    /// <summary>The turns of a move, as <c>U R' F</c>.</summary>
    public string Name(int move) => names[move];

    /// <summary>The state after a move.</summary>
    /// <param name="state">Number of the state.</param>
    /// <param name="move">Number of the move.</param>
    public int Apply(int state, int move) => (nextOrder[(state / Twists * Count) + move] * Twists) + nextTwist[(state % Twists * Count) + move];

    /// <summary>Writes which corner lies at each of the seven places.</summary>
    public static void WriteOrder(int state, Span<byte> corners) => PermutationRank.Write(state / Twists, corners[..Corners]);

    /// <summary>Writes the twist of the corner at each of the seven places, 0 to 2.</summary>
    public static void WriteTwist(int state, Span<byte> twists) => WriteTwists(state % Twists, twists[..Corners]);

    /// <summary>Quarter turns in both directions: U, U', R, R', F, F'.</summary>
    public static PocketCubeMoves QuarterTurns() => new(Quarters());

    /// <summary>Quarter turns in both directions, and half turns.</summary>
    public static PocketCubeMoves HalfTurns()
    {
        List<(string Name, byte[] Source, byte[] Twist)> moves = Quarters();
        for (int face = 0; face < 6; face += 2)
        {
            moves.Add(Compose(moves[face], moves[face], $"{moves[face].Name}2"));
        }

        return new PocketCubeMoves(moves);
    }

    /// <summary>All different products of up to a number of quarter turns as moves of their own: 6, 33, 153 or 687 of them.</summary>
    /// <param name="length">The most quarter turns, 1 to 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range.</exception>
    public static PocketCubeMoves Macros(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 4);
        List<(string Name, byte[] Source, byte[] Twist)> quarters = Quarters(), moves = [], last = [("", [0, 1, 2, 3, 4, 5, 6], new byte[Corners])];
        HashSet<int> seen = [Solved];
        for (int i = 0; i < length; i++)
        {
            List<(string Name, byte[] Source, byte[] Twist)> next = [];
            foreach ((string Name, byte[] Source, byte[] Twist) shorter in last)
            {
                foreach ((string Name, byte[] Source, byte[] Twist) turn in quarters)
                {
                    (string Name, byte[] Source, byte[] Twist) longer = Compose(shorter, turn, $"{shorter.Name} {turn.Name}".TrimStart());
                    if (seen.Add((PermutationRank.Of(longer.Source) * Twists) + TwistOf(longer.Twist)))
                    {
                        next.Add(longer);
                    }
                }
            }

            moves.AddRange(next);
            last = next;
        }

        return new PocketCubeMoves(moves);
    }

    /// <summary>The fewest of these moves from every state to the solved one.</summary>
    public DistanceTable Distances() => new(States, Solved, (state, neighbors) =>
    {
        for (int move = 0; move < Count; move++)
        {
            neighbors.Add(Apply(state, move));
        }
    });

    private static List<(string Name, byte[] Source, byte[] Twist)> Quarters()
    {
        List<(string Name, byte[] Source, byte[] Twist)> moves = [];
        for (int face = 0; face < 3; face++)
        {
            (string Name, byte[] Source, byte[] Twist) turn =
                ("URF".Substring(face, 1), Sources.Slice(face * Corners, Corners).ToArray(), AddedTwists.Slice(face * Corners, Corners).ToArray());
            moves.Add(turn);
            moves.Add(Compose(Compose(turn, turn, ""), turn, turn.Name + "'"));
        }

        return moves;
    }

    private static (string Name, byte[] Source, byte[] Twist) Compose((string Name, byte[] Source, byte[] Twist) first, (string Name, byte[] Source, byte[] Twist) second, string name)
    {
        byte[] source = new byte[Corners], twist = new byte[Corners];
        for (int place = 0; place < Corners; place++)
        {
            int middle = second.Source[place];
            source[place] = first.Source[middle];
            twist[place] = (byte)((first.Twist[middle] + second.Twist[place]) % 3);
        }

        return (name, source, twist);
    }

    private static int TwistOf(ReadOnlySpan<byte> twists)
    {
        int number = 0;
        for (int place = 0; place < Corners - 1; place++)
        {
            number = (3 * number) + twists[place];
        }

        return number;
    }

    /// <summary>The last twist follows from the others: their sum is a multiple of three.</summary>
    private static void WriteTwists(int number, Span<byte> twists)
    {
        int sum = 0;
        for (int place = Corners - 2; place >= 0; place--)
        {
            twists[place] = (byte)(number % 3);
            sum += twists[place];
            number /= 3;
        }

        twists[Corners - 1] = (byte)((3 - (sum % 3)) % 3);
    }
}
