namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// The game in few words of a closed vocabulary, for small language models: level, money, lives, wave and countdown, the rest of the wave, hero, calls and coin, every
/// tower point with what stands there, the fourteen enemies nearest to the base, the number of knights, and what the last action came to. Places are cells of the
/// 13 x 13 grid. An action is <c>t1 x2 y9</c>: its type and a cell.
/// </summary>
public static class TowerTokens
{
    /// <summary>Words of an observation at most.</summary>
    public const int Most = 160;

    private const int MostEnemies = 14;
    private const string EnemyLetters = "grbfs";
    private const string TowerLetters = "_akm";
    private static readonly string[] Columns = Numbered("x", TowerChoices.Side);
    private static readonly string[] Rows = Numbered("y", TowerChoices.Side);
    private static readonly string[] TypeWords = Numbered("t", TowerAction.Types);
    private static readonly string[] ErrorWords = Numbered("e", (int)TowerError.OutOfMap + 1);
    private static readonly string[] Digits = Numbered("", 10);

    /// <summary>All words.</summary>
    public static IReadOnlyList<string> Vocabulary { get; } =
    [
        .. Digits, .. Columns, .. Rows, .. TypeWords, .. ErrorWords,
        .. EnemyLetters.SelectMany(letter => Numbered($"{letter}", 4)),
        "_", .. TowerLetters[1..].SelectMany(letter => Numbered($"{letter}", TowerRules.HighestLevel + 1).SelectMany(word => (string[])[word, word + "*"])),
        "L1", "L2", "L3", "L4", "L5", "LX", "money", "lives", "wave", "in", "next", "hero", "dead", "call", "wait", "fire", "coin", "towers", "enemies", "more", "knights", "last",
    ];

    /// <summary>Writes the words of a game.</summary>
    /// <param name="world">The game.</param>
    /// <param name="words">Receives them; cleared before.</param>
    public static void Write(TowerWorld world, List<string> words)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(words);
        words.Clear();
        words.Add(ReferenceEquals(TowerLevels.Find(world.Level.Name), world.Level) ? world.Level.Name : "LX");
        Number(words, "money", Math.Min(world.Money, 999), 3);
        Number(words, "lives", Math.Min(world.Lives, 99), 2);
        Number(words, "wave", Math.Min(world.Wave, 99), 2);
        WriteNext(world, words);
        WriteHero(world, words);
        words.Add("towers");
        for (int point = 0; point < world.Level.Points.Count; point++)
        {
            TowerSite site = world.Site(point);
            Cell(words, site.Place);
            words.Add(site.Kind == TowerKind.None ? "_" : $"{TowerLetters[(int)site.Kind]}{site.Level}{(site.Frozen > 0 ? "*" : "")}");
        }

        WriteEnemies(world, words);
        Number(words, "knights", world.KnightCount, 2);
        words.Add("last");
        words.Add(TypeWords[(int)world.LastAction.Type]);
        words.Add(ErrorWords[(int)world.LastError]);
    }

    /// <summary>The words of a game, with spaces between.</summary>
    /// <param name="world">The game.</param>
    public static string ToText(TowerWorld world)
    {
        List<string> words = [];
        Write(world, words);
        return string.Join(' ', words);
    }

    /// <summary>The words of an action: its type and the cell of its place.</summary>
    /// <param name="action">The action.</param>
    public static string ToText(TowerAction action)
    {
        int cell = TowerChoices.CellOf(new MapPoint(action.X, action.Y));
        return $"{TypeWords[(int)action.Type]} {Columns[cell % TowerChoices.Side]} {Rows[cell / TowerChoices.Side]}";
    }

    /// <summary>The action of words, or null if they are none: a type and a cell, which means the tower point or the coin in it.</summary>
    /// <param name="world">The game.</param>
    /// <param name="text">As <c>t1 x2 y9</c>.</param>
    public static TowerAction? TryParse(TowerWorld world, string text)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3)
        {
            return null;
        }

        int type = Array.IndexOf(TypeWords, words[0]), column = Array.IndexOf(Columns, words[1]), row = Array.IndexOf(Rows, words[2]);
        return type < 0 || column < 0 || row < 0
            ? null
            : TowerChoices.FromGrid(world, (type * TowerChoices.Cells) + (row * TowerChoices.Side) + column);
    }

    /// <summary>What is still to come of the current wave, and when.</summary>
    private static void WriteNext(TowerWorld world, List<string> words)
    {
        if (world.Wave == world.Level.Waves.Count)
        {
            return;
        }

        Number(words, "in", (int)Math.Ceiling(world.NextSpawn), 2);
        words.Add("next");
        Span<int> counts = stackalloc int[EnemyLetters.Length];
        foreach (int kind in world.Numbers.Spawns(world.Wave)[world.State.Spawned..])
        {
            counts[kind]++;
        }

        for (int kind = 0; kind < counts.Length; kind++)
        {
            if (counts[kind] > 0)
            {
                Number(words, $"{EnemyLetters[kind]}3", Math.Min(counts[kind], 99), 2);
            }
        }
    }

    private static void WriteHero(TowerWorld world, List<string> words)
    {
        TowerHero hero = world.Hero;
        words.Add("hero");
        if (hero.Alive)
        {
            Cell(words, hero.Place);
            words.Add(Digits[Math.Clamp((int)(10 * hero.HitPoints / hero.Maximum), 0, 9)]);
        }
        else
        {
            words.Add("dead");
        }

        words.Add(world.ReinforcementCooldown > 0 ? "wait" : "call");
        if (world.Fire is { } fire)
        {
            words.Add("fire");
            Cell(words, fire.Place);
        }

        if (world.Coin is { } coin)
        {
            words.Add("coin");
            Cell(words, coin.Place);
        }
    }

    private static void WriteEnemies(TowerWorld world, List<string> words)
    {
        words.Add("enemies");
        List<(double Remaining, int Index)> order = [];
        for (int enemy = 0; enemy < world.EnemyCount; enemy++)
        {
            if (world.Sees(enemy))
            {
                order.Add((world.Enemy(enemy).Remaining, enemy));
            }
        }

        order.Sort();
        foreach ((_, int index) in order.Take(MostEnemies))
        {
            TowerEnemy enemy = world.Enemy(index);
            double full = TowerWorld.Points(world.Numbers.EnemyHitPoints[(int)enemy.Kind]);
            words.Add($"{EnemyLetters[(int)enemy.Kind]}{Math.Clamp((int)(4 * enemy.HitPoints / full), 0, 3)}");
            Cell(words, enemy.Place);
        }

        if (order.Count > MostEnemies)
        {
            Number(words, "more", order.Count - MostEnemies, 2);
        }
    }

    private static void Cell(List<string> words, MapPoint place)
    {
        int cell = TowerChoices.CellOf(place);
        words.Add(Columns[cell % TowerChoices.Side]);
        words.Add(Rows[cell / TowerChoices.Side]);
    }

    private static void Number(List<string> words, string name, int value, int digits)
    {
        words.Add(name);
        for (int power = digits == 3 ? 100 : 10; power > 0; power /= 10)
        {
            words.Add(Digits[value / power % 10]);
        }
    }

    private static string[] Numbered(string letter, int count) =>
        [.. Enumerable.Range(0, count).Select(number => letter + number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}
