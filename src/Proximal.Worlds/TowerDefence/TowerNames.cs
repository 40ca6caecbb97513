namespace Proximal.Worlds.TowerDefence;

/// <summary>The names of kinds, action types and errors in files, tables and texts.</summary>
public static class TowerNames
{
    private static readonly string[] Enemies = ["grunt", "runner", "brute", "bat", "shaman"];
    private static readonly string[] Towers = ["none", "archer", "knight", "magician"];
    private static readonly string[] Types =
    [
        "nothing", "build-archer", "build-knight", "build-magician", "upgrade", "sell", "move-hero", "hero-skill", "upgrade-hero", "reinforce", "set-rally", "collect-coin",
    ];

    private static readonly string[] Errors =
    [
        "none", "not-affordable", "no-tower-point", "occupied", "no-tower", "maximum-level", "hero-dead", "hero-health-too-low", "cooldown", "not-on-path",
        "rally-out-of-range", "no-coin", "out-of-map",
    ];

    private static readonly string[] Outcomes = ["running", "won", "lost", "time-over"];

    /// <summary>The name of a kind of enemy.</summary>
    public static string Of(EnemyKind kind) => Enemies[(int)kind];

    /// <summary>The name of a kind of tower.</summary>
    public static string Of(TowerKind kind) => Towers[(int)kind];

    /// <summary>The name of an action type.</summary>
    public static string Of(TowerActionType type) => Types[(int)type];

    /// <summary>The name of an error.</summary>
    public static string Of(TowerError error) => Errors[(int)error];

    /// <summary>The name of an outcome.</summary>
    public static string Of(TowerOutcome outcome) => Outcomes[(int)outcome];

    /// <summary>The action type of a name or number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TowerActionType type)
    {
        int index = Find(Types, text);
        if (index < 0 && int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) && number < TowerAction.Types)
        {
            index = number;
        }

        type = (TowerActionType)Math.Max(0, index);
        return index >= 0;
    }

    internal static bool TryParse(string? text, out EnemyKind kind)
    {
        int index = Find(Enemies, text);
        kind = (EnemyKind)Math.Max(0, index);
        return index >= 0;
    }

    internal static bool TryParse(string? text, out TowerKind kind)
    {
        int index = Find(Towers, text);
        kind = (TowerKind)Math.Max(0, index);
        return index >= 0;
    }

    internal static bool TryParse(string? text, out TowerOutcome outcome)
    {
        int index = Find(Outcomes, text);
        outcome = (TowerOutcome)Math.Max(0, index);
        return index >= 0;
    }

    private static int Find(string[] names, ReadOnlySpan<char> text)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (text.SequenceEqual(names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
