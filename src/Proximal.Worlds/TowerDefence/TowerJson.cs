using System.Text;
using System.Text.Json;

namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// The game as canonical JSON: constants of the level, money, lives, wave and countdown, tower points, enemies, knights, hero, fire, coin, and the last action with
/// its error. The same state gives the same text, and a text gives the state back.
/// </summary>
public static class TowerJson
{
    /// <summary>Bytes of a text at most.</summary>
    public const int LargestText = 1 << 16;

    /// <summary>The text of a game.</summary>
    /// <param name="world">The game.</param>
    public static string ToJson(TowerWorld world)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            Write(writer, world);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes the game as an object.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="world">The game.</param>
    public static void Write(Utf8JsonWriter writer, TowerWorld world)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(world);
        TowerState state = world.State;
        writer.WriteStartObject();
        WriteLevel(writer, world);
        writer.WriteNumber("money", state.Money);
        writer.WriteNumber("lives", state.Lives);
        writer.WriteNumber("wave", state.Wave);
        writer.WriteNumber("spawned", state.Spawned);
        Seconds(writer, "countdown", state.SpawnTimer);
        writer.WriteNumber("decision", state.Decision);
        writer.WriteString("outcome", TowerNames.Of(world.Outcome));
        Seconds(writer, "reinforcements_in", state.ReinforcementTimer);
        WriteTowers(writer, world);
        WriteEnemies(writer, world);
        WriteKnights(writer, state);
        writer.WriteStartObject("hero");
        Place(writer, "", state.HeroX, state.HeroY);
        HitPoints(writer, state.HeroHitPoints);
        writer.WriteNumber("level", state.HeroLevel);
        Place(writer, "target_", state.HeroTargetX, state.HeroTargetY);
        Seconds(writer, "cooldown", state.HeroTimer);
        Seconds(writer, "revives_in", state.HeroRevival);
        writer.WriteEndObject();
        writer.WriteStartObject("fire");
        Place(writer, "", state.FireX, state.FireY);
        Seconds(writer, "burns", state.FireTimer);
        writer.WriteEndObject();
        writer.WriteStartObject("coin");
        Place(writer, "", state.CoinX, state.CoinY);
        writer.WriteNumber("value", state.CoinValue);
        Seconds(writer, "timer", state.CoinTimer);
        writer.WriteEndObject();
        writer.WriteStartObject("last");
        writer.WriteNumber("type", (int)world.LastAction.Type);
        writer.WriteNumber("error", (int)world.LastError);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The game that a text shows. Random numbers to come are no part of it.</summary>
    /// <param name="level">The level that was played; without fog.</param>
    /// <param name="json">What <see cref="ToJson"/> gave.</param>
    /// <param name="seed">Seed of what is still to come.</param>
    /// <exception cref="TowerLevelException">The text shows no state of the level.</exception>
    public static TowerWorld Read(TowerLevel level, string json, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(level);
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > LargestText || level.Rules.Sight > 0)
        {
            throw new TowerLevelException(level.Rules.Sight > 0
                ? "rules.sight: fog hides part of the state, expected a level without fog"
                : $"state: {json.Length} characters, expected at most {LargestText}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(level, document.RootElement, seed);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new TowerLevelException("state: not the JSON of a game, expected what a text observation holds", exception);
        }
    }

    private static void WriteLevel(Utf8JsonWriter writer, TowerWorld world)
    {
        TowerLevel level = world.Level;
        writer.WriteStartObject("level");
        writer.WriteString("name", level.Name);
        writer.WriteNumber("lives", level.Lives);
        writer.WriteNumber("waves", level.Waves.Count);
        writer.WriteNumber("decisions", level.Rules.MaximumDecisions);
        writer.WriteNumber("archer_price", level.Rules.Archer.Price);
        writer.WriteNumber("knight_price", level.Rules.KnightPrice);
        writer.WriteNumber("magician_price", level.Rules.Magician.Price);
        writer.WriteNumber("upgrade_price", level.Rules.UpgradePrice);
        writer.WriteNumber("hero_upgrade_price", level.Rules.HeroUpgradePrice);
        writer.WriteNumber("skill_cost", level.Rules.SkillCost);
        writer.WriteStartArray("paths");
        foreach (IReadOnlyList<MapPoint> path in level.Paths)
        {
            writer.WriteStartArray();
            foreach (MapPoint corner in path)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(corner.X);
                writer.WriteNumberValue(corner.Y);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTowers(Utf8JsonWriter writer, TowerWorld world)
    {
        TowerState state = world.State;
        writer.WriteStartArray("towers");
        for (int point = 0; point < world.Level.Points.Count; point++)
        {
            writer.WriteStartObject();
            Place(writer, "", world.Numbers.PointX[point], world.Numbers.PointY[point]);
            writer.WriteString("kind", TowerNames.Of((TowerKind)state.TowerKind[point]));
            writer.WriteNumber("level", state.TowerUpgrades[point]);
            Seconds(writer, "cooldown", state.TowerTimer[point]);
            Seconds(writer, "frozen", state.TowerFrozen[point]);
            if (state.TowerKind[point] == (int)TowerKind.Knight)
            {
                Place(writer, "rally_", state.RallyX[point], state.RallyY[point]);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteEnemies(Utf8JsonWriter writer, TowerWorld world)
    {
        TowerState state = world.State;
        writer.WriteStartArray("enemies");
        for (int enemy = 0; enemy < state.EnemyCount; enemy++)
        {
            if (!world.Sees(enemy))
            {
                continue;
            }

            writer.WriteStartObject();
            writer.WriteString("kind", TowerNames.Of((EnemyKind)state.EnemyKind[enemy]));
            writer.WriteNumber("path", state.EnemyPath[enemy]);
            writer.WriteNumber("segment", state.EnemySegment[enemy] - world.Level.Map.FirstSegment(state.EnemyPath[enemy]));
            writer.WriteNumber("distance", (double)state.EnemyDistance[enemy] / TowerMap.Scale);
            Place(writer, "", state.EnemyX[enemy], state.EnemyY[enemy]);
            HitPoints(writer, state.EnemyHitPoints[enemy]);
            Seconds(writer, "timer", state.EnemyTimer[enemy]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteKnights(Utf8JsonWriter writer, TowerState state)
    {
        writer.WriteStartArray("knights");
        for (int knight = 0; knight < state.KnightCount; knight++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("tower", state.KnightOwner[knight] == TowerState.Reinforcement ? -1 : state.KnightOwner[knight]);
            Place(writer, "", state.KnightX[knight], state.KnightY[knight]);
            HitPoints(writer, state.KnightHitPoints[knight]);
            Seconds(writer, "cooldown", state.KnightTimer[knight]);
            Seconds(writer, "stays", state.KnightLife[knight]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static TowerWorld Read(TowerLevel level, JsonElement root, ulong seed)
    {
        TowerWorld world = new(level, seed);
        TowerState state = world.State;
        state.Clear();
        string name = root.GetProperty("level").GetProperty("name").GetString() ?? "";
        if (name != level.Name)
        {
            throw new TowerLevelException($"level.name: '{name[..Math.Min(name.Length, 64)]}', expected '{level.Name}'");
        }

        (state.Money, state.Lives, state.Wave) = (root.GetProperty("money").GetInt32(), root.GetProperty("lives").GetInt32(), root.GetProperty("wave").GetInt32());
        (state.Spawned, state.SpawnTimer) = (root.GetProperty("spawned").GetInt32(), Ticks(root, "countdown"));
        (state.Decision, state.ReinforcementTimer) = (root.GetProperty("decision").GetInt32(), Ticks(root, "reinforcements_in"));
        state.Outcome = TowerNames.TryParse(root.GetProperty("outcome").GetString(), out TowerOutcome outcome) ? (int)outcome : -1;
        JsonElement hero = root.GetProperty("hero"), fire = root.GetProperty("fire"), coin = root.GetProperty("coin"), last = root.GetProperty("last");
        (state.HeroX, state.HeroY, state.HeroHitPoints, state.HeroLevel) = (Place(hero, "x"), Place(hero, "y"), HitPoints(hero), hero.GetProperty("level").GetInt32());
        (state.HeroTargetX, state.HeroTargetY, state.HeroTimer, state.HeroRevival) = (Place(hero, "target_x"), Place(hero, "target_y"), Ticks(hero, "cooldown"), Ticks(hero, "revives_in"));
        (state.FireX, state.FireY, state.FireTimer) = (Place(fire, "x"), Place(fire, "y"), Ticks(fire, "burns"));
        (state.CoinX, state.CoinY, state.CoinValue, state.CoinTimer) = (Place(coin, "x"), Place(coin, "y"), coin.GetProperty("value").GetInt32(), Ticks(coin, "timer"));
        ReadTowers(level, root.GetProperty("towers"), state);
        ReadEnemies(level, root.GetProperty("enemies"), state);
        ReadKnights(root.GetProperty("knights"), state);
        TowerStateCheck.Verify(level, state);
        world.SetLast(
            new TowerAction((TowerActionType)Math.Clamp(last.GetProperty("type").GetInt32(), 0, TowerAction.Types - 1)),
            (TowerError)Math.Clamp(last.GetProperty("error").GetInt32(), 0, (int)TowerError.OutOfMap));
        return world;
    }

    private static void ReadTowers(TowerLevel level, JsonElement towers, TowerState state)
    {
        if (towers.GetArrayLength() != level.Points.Count)
        {
            throw new TowerLevelException($"towers: {towers.GetArrayLength()}, expected {level.Points.Count} as in level '{level.Name}'");
        }

        int point = 0;
        foreach (JsonElement tower in towers.EnumerateArray())
        {
            state.TowerKind[point] = TowerNames.TryParse(tower.GetProperty("kind").GetString(), out TowerKind kind) ? (int)kind : -1;
            state.TowerUpgrades[point] = tower.GetProperty("level").GetInt32();
            state.TowerTimer[point] = Ticks(tower, "cooldown");
            state.TowerFrozen[point] = Ticks(tower, "frozen");
            if (state.TowerKind[point] == (int)TowerKind.Knight)
            {
                (state.RallyX[point], state.RallyY[point]) = (Place(tower, "rally_x"), Place(tower, "rally_y"));
            }

            point++;
        }
    }

    private static void ReadEnemies(TowerLevel level, JsonElement enemies, TowerState state)
    {
        if (enemies.GetArrayLength() > TowerState.MostEnemies)
        {
            throw new TowerLevelException($"enemies: {enemies.GetArrayLength()}, expected at most {TowerState.MostEnemies}");
        }

        foreach (JsonElement enemy in enemies.EnumerateArray())
        {
            int index = state.EnemyCount++, path = enemy.GetProperty("path").GetInt32();
            state.EnemyKind[index] = TowerNames.TryParse(enemy.GetProperty("kind").GetString(), out EnemyKind kind) ? (int)kind : -1;
            state.EnemyPath[index] = path;
            state.EnemySegment[index] = path >= 0 && path < level.Paths.Count ? checked(level.Map.FirstSegment(path) + enemy.GetProperty("segment").GetInt32()) : -1;
            state.EnemyDistance[index] = Scaled(enemy, "distance", TowerMap.Scale);
            (state.EnemyX[index], state.EnemyY[index]) = (Place(enemy, "x"), Place(enemy, "y"));
            (state.EnemyHitPoints[index], state.EnemyTimer[index]) = (HitPoints(enemy), Ticks(enemy, "timer"));
        }
    }

    private static void ReadKnights(JsonElement knights, TowerState state)
    {
        if (knights.GetArrayLength() > TowerState.MostKnights)
        {
            throw new TowerLevelException($"knights: {knights.GetArrayLength()}, expected at most {TowerState.MostKnights}");
        }

        foreach (JsonElement knight in knights.EnumerateArray())
        {
            int index = state.KnightCount++, tower = knight.GetProperty("tower").GetInt32();
            state.KnightOwner[index] = tower == -1 ? TowerState.Reinforcement : tower;
            (state.KnightX[index], state.KnightY[index]) = (Place(knight, "x"), Place(knight, "y"));
            (state.KnightHitPoints[index], state.KnightTimer[index], state.KnightLife[index]) = (HitPoints(knight), Ticks(knight, "cooldown"), Ticks(knight, "stays"));
        }
    }

    private static void Place(Utf8JsonWriter writer, string prefix, int x, int y)
    {
        writer.WriteNumber(prefix + "x", (double)x / TowerMap.Scale);
        writer.WriteNumber(prefix + "y", (double)y / TowerMap.Scale);
    }

    private static void HitPoints(Utf8JsonWriter writer, int points) => writer.WriteNumber("hit_points", (double)points / TowerNumbers.HitPointScale);

    private static void Seconds(Utf8JsonWriter writer, string name, int ticks) => writer.WriteNumber(name, (double)ticks / TowerNumbers.TicksPerSecond);

    private static int Place(JsonElement element, string name) => Scaled(element, name, TowerMap.Scale);

    private static int HitPoints(JsonElement element) => Scaled(element, "hit_points", TowerNumbers.HitPointScale);

    private static int Ticks(JsonElement element, string name) => Scaled(element, name, TowerNumbers.TicksPerSecond);

    private static int Scaled(JsonElement element, string name, int scale) => checked((int)Math.Round(element.GetProperty(name).GetDouble() * scale));
}
