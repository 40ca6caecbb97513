using System.Globalization;
using Proximal.Worlds.TowerDefence;
using Proximal.Worlds.TowerDefence.Games;

namespace Proximal.Cli.Tower;

/// <summary>A person at a game: what keys and lines mean, and what the person sees.</summary>
internal sealed class TowerPlayer
{
    private const int MostWaiting = 60;

    private static readonly string[] LineHelp =
    [
        "a P  k P  m P   build Archer, Knight or Magician tower at point P (its letter)",
        "u P  s P        upgrade, sell the tower of point P",
        "h PLACE         send the hero        f PLACE   fire of the hero (30 hit points)",
        "r PLACE         call two knights     p PLACE   rally point of the next Knights",
        "H               upgrade the hero     $         take the coin",
        "empty line      wait a second        w N       wait N seconds",
        "?               this help            q         leave",
        "PLACE is x y from -3 to 3, the letter of a point, or ! for the foremost enemy.",
    ];

    private static readonly string[] KeyHelp =
    [
        "arrows move the cursor +, Tab: to the next tower point, !: to the foremost enemy",
        "a k m  build Archer, Knight, Magician    u s  upgrade, sell    (at the cursor)",
        "h hero here  f fire  r knights  p rally point  H upgrade the hero  $ take coin",
        "space or Enter waits a second; q leaves; ? hides this help",
    ];

    private readonly List<TowerMove> moves = [];
    private readonly bool[] mask = new bool[TowerChoices.Count];
    private readonly ulong seed;
    private (int Row, int Column) cursor;
    private int point = -1;
    private bool help;

    public TowerPlayer(TowerLevel level, ulong seed)
    {
        World = new TowerWorld(level, seed);
        this.seed = seed;
        cursor = TowerText.CellOf(level.Points[0]);
    }

    public TowerWorld World { get; }

    /// <summary>The game so far.</summary>
    public TowerGame Game() => new("human", World.Level, seed, moves, World.Outcome, World.Lives, World.Money, World.StateHash());

    /// <summary>Does what a line says.</summary>
    /// <returns>What the person sees then; null when the person leaves.</returns>
    public IReadOnlyList<string>? Say(string line)
    {
        string[] words = line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["q" or "quit"])
        {
            return null;
        }

        if (words is ["?" or "help"])
        {
            return LineHelp;
        }

        if (words is ["w", string count])
        {
            if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) || seconds is < 1 or > MostWaiting)
            {
                return [$"w is followed by a number from 1 to {MostWaiting}"];
            }

            for (int i = 0; i < seconds && World.Running; i++)
            {
                Decide(default);
            }

            return TowerText.Lines(World);
        }

        (TowerAction? action, string? fault) = words.Length == 0 ? (default(TowerAction), null) : Parse(words);
        if (action is not { } decided)
        {
            return [fault!, "? for help"];
        }

        Decide(decided);
        return TowerText.Lines(World);
    }

    /// <summary>Does what a key says.</summary>
    /// <returns>False when the person leaves.</returns>
    public bool Press(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.UpArrow:
                cursor.Row = Math.Max(0, cursor.Row - 1);
                return true;
            case ConsoleKey.DownArrow:
                cursor.Row = Math.Min(TowerText.Rows - 1, cursor.Row + 1);
                return true;
            case ConsoleKey.LeftArrow:
                cursor.Column = Math.Max(0, cursor.Column - 2);
                return true;
            case ConsoleKey.RightArrow:
                cursor.Column = Math.Min(TowerText.Columns - 1, cursor.Column + 2);
                return true;
            case ConsoleKey.Tab:
                point = (point + 1) % World.Level.Points.Count;
                cursor = TowerText.CellOf(World.Level.Points[point]);
                return true;
            case ConsoleKey.Enter or ConsoleKey.Spacebar:
                Decide(default);
                return true;
        }

        switch (key.KeyChar)
        {
            case 'q':
                return false;
            case '?':
                help = !help;
                return true;
            case '!':
                cursor = Foremost() is { } enemy ? TowerText.CellOf(enemy) : cursor;
                return true;
            default:
                if (TypeOf(key.KeyChar) is { } type)
                {
                    Decide(At(type, Snap(type, TowerText.PlaceOf(cursor.Row, cursor.Column))));
                }

                return true;
        }
    }

    /// <summary>The game with the cursor, and the help.</summary>
    public IReadOnlyList<string> Screen()
    {
        string[] lines = [.. TowerText.Lines(World)];
        char[] row = lines[cursor.Row].PadRight(TowerText.Columns).ToCharArray();
        row[cursor.Column] = '+';
        lines[cursor.Row] = new string(row).TrimEnd();
        return help ? [.. lines, .. KeyHelp] : [.. lines, "? shows the keys"];
    }

    private static TowerActionType? TypeOf(char key) => key switch
    {
        'a' => TowerActionType.BuildArcher,
        'k' => TowerActionType.BuildKnight,
        'm' => TowerActionType.BuildMagician,
        'u' => TowerActionType.Upgrade,
        's' => TowerActionType.Sell,
        'h' => TowerActionType.MoveHero,
        'f' => TowerActionType.HeroSkill,
        'H' => TowerActionType.UpgradeHero,
        'r' => TowerActionType.Reinforce,
        'p' => TowerActionType.SetRally,
        '$' => TowerActionType.CollectCoin,
        _ => null,
    };

    private static TowerAction At(TowerActionType type, MapPoint place) => new(type, place.X, place.Y);

    private (TowerAction? Action, string? Fault) Parse(string[] words)
    {
        if (words[0].Length != 1 || TypeOf(words[0][0]) is not { } type)
        {
            return (null, $"'{words[0]}' is no command");
        }

        if (type is TowerActionType.UpgradeHero)
        {
            return (new TowerAction(type), null);
        }

        if (type is TowerActionType.CollectCoin)
        {
            return (At(type, World.Coin?.Place ?? default), null);
        }

        return Place(words[1..]) is { } place ? (At(type, Snap(type, place)), null) : (null, $"'{string.Join(' ', words[1..])}' is no place");
    }

    private MapPoint? Place(string[] words)
    {
        if (words is ["!"])
        {
            return Foremost();
        }

        if (words is [{ Length: 1 } letter] && letter[0] - TowerText.PointName(0) is var index && index >= 0 && index < World.Level.Points.Count)
        {
            return World.Level.Points[index];
        }

        return words.Length == 2
            && double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double x)
            && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double y)
                ? new MapPoint(x, y)
                : null;
    }

    /// <summary>The cursor is coarser than what towers, coins and paths ask for: it means what is next to it.</summary>
    private MapPoint Snap(TowerActionType type, MapPoint place)
    {
        MapPoint? target = type switch
        {
            TowerActionType.CollectCoin => World.Coin?.Place,
            TowerActionType.Reinforce => World.Level.Map.NearestOnPath(place),
            _ when TowerWorld.NeedsTowerPoint(type) => World.Level.Points.MinBy(candidate => Distance(candidate, place)),
            _ => null,
        };
        return target is { } near && (type == TowerActionType.CollectCoin || Distance(near, place) <= 0.4) ? near : place;
    }

    private MapPoint? Foremost() => World.EnemyCount == 0 ? null : Enumerable.Range(0, World.EnemyCount).Select(World.Enemy).MinBy(enemy => enemy.Remaining).Place;

    private static double Distance(MapPoint a, MapPoint b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    private void Decide(TowerAction action)
    {
        int choices = TowerChoices.WriteMask(World, mask), choice = TowerChoices.FromAction(World, action);
        TowerStep step = World.Decide(action);
        moves.Add(new TowerMove(action, step.Error, false, choices, choice, step.Reward));
    }
}
