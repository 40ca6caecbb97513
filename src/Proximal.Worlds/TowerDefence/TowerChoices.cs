namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// The decisions as a list of types with targets: a tower point for building, upgrading and selling, a cell of a 13 x 13 grid (half a unit wide) for the hero,
/// fire, reinforcements and rally points, nothing for the others; the coin is its own target. One entry stands for each thing that can be done, where the grid of
/// <see cref="GridCount"/> entries, the discretization of the paper, has many places that mean the same.
/// </summary>
public static class TowerChoices
{
    /// <summary>Cells on a side.</summary>
    public const int Side = 13;

    /// <summary>Cells of the grid.</summary>
    public const int Cells = Side * Side;

    /// <summary>Number of choices.</summary>
    public const int Count = FirstCell + (4 * Cells);

    /// <summary>Entries of the grid of types and cells, 12 x 13 x 13.</summary>
    public const int GridCount = TowerAction.Types * Cells;

    private const int Points = TowerLevel.MostPoints;
    private const int HeroUpgrade = 1 + (5 * Points);
    private const int Coin = HeroUpgrade + 1;
    private const int FirstCell = Coin + 1;
    private const int Middle = Cells / 2;
    private const double CellSize = 2 * TowerRules.MapRadius / (Side - 1);

    /// <summary>The middle of a cell; cells count from the lower left, row by row.</summary>
    public static MapPoint CellCenter(int cell) => new((cell % Side * CellSize) - TowerRules.MapRadius, (cell / Side * CellSize) - TowerRules.MapRadius);

    /// <summary>The cell of a place; places off the map are held.</summary>
    public static int CellOf(MapPoint place) => (Column(place.Y) * Side) + Column(place.X);

    /// <summary>The type of a choice.</summary>
    public static TowerActionType TypeOf(int choice) => choice switch
    {
        0 => TowerActionType.Nothing,
        < HeroUpgrade => TowerActionType.BuildArcher + ((choice - 1) / Points),
        HeroUpgrade => TowerActionType.UpgradeHero,
        Coin => TowerActionType.CollectCoin,
        _ => ((choice - FirstCell) / Cells) switch
        {
            0 => TowerActionType.MoveHero,
            1 => TowerActionType.HeroSkill,
            2 => TowerActionType.Reinforce,
            _ => TowerActionType.SetRally,
        },
    };

    /// <summary>The choice of a type with a target.</summary>
    /// <param name="type">The type.</param>
    /// <param name="target">A tower point or a cell, as the type needs; ignored by the others.</param>
    public static int Of(TowerActionType type, int target) => type switch
    {
        TowerActionType.Nothing => 0,
        TowerActionType.UpgradeHero => HeroUpgrade,
        TowerActionType.CollectCoin => Coin,
        TowerActionType.MoveHero => FirstCell + target,
        TowerActionType.HeroSkill => FirstCell + Cells + target,
        TowerActionType.Reinforce => FirstCell + (2 * Cells) + target,
        TowerActionType.SetRally => FirstCell + (3 * Cells) + target,
        _ => 1 + (((int)type - 1) * Points) + target,
    };

    /// <summary>Tower point or cell of a choice; -1 for those without.</summary>
    public static int TargetOf(int choice) => choice >= FirstCell ? (choice - FirstCell) % Cells : choice is > 0 and < HeroUpgrade ? (choice - 1) % Points : -1;

    /// <summary>The action of a choice: at the tower point, the middle of the cell, or the coin.</summary>
    /// <param name="world">The game.</param>
    /// <param name="choice">The choice.</param>
    public static TowerAction ToAction(TowerWorld world, int choice)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentOutOfRangeException.ThrowIfNegative(choice);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(choice, Count);
        TowerActionType type = TypeOf(choice);
        if (TowerWorld.NeedsTowerPoint(type))
        {
            // A point that the level does not have is no place of a tower, which an action off the map says as well.
            int point = TargetOf(choice);
            MapPoint at = point < world.Level.Points.Count ? world.Level.Points[point] : new MapPoint(double.PositiveInfinity, 0);
            return new TowerAction(type, at.X, at.Y);
        }

        MapPoint place = type == TowerActionType.CollectCoin ? world.Coin?.Place ?? default : choice >= FirstCell ? CellCenter(TargetOf(choice)) : default;
        return new TowerAction(type, place.X, place.Y);
    }

    /// <summary>The choice that is nearest to an action: its tower point if one is near, its cell.</summary>
    /// <param name="world">The game.</param>
    /// <param name="action">The action.</param>
    /// <returns>-1 when no tower point is near where one is needed.</returns>
    public static int FromAction(TowerWorld world, TowerAction action)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (!TowerWorld.NeedsTowerPoint(action.Type))
        {
            return Of(action.Type, CellOf(new MapPoint(action.X, action.Y)));
        }

        int point = double.IsFinite(action.X) && double.IsFinite(action.Y) ? world.TowerPoint(action) : -1;
        return point < 0 ? -1 : Of(action.Type, point);
    }

    /// <summary>Writes which choices are valid now, and gives their number.</summary>
    /// <param name="world">The game.</param>
    /// <param name="mask">[<see cref="Count"/>].</param>
    public static int WriteMask(TowerWorld world, Span<bool> mask)
    {
        ArgumentNullException.ThrowIfNull(world);
        mask.Clear();
        mask[0] = true;
        int count = 1, points = world.Level.Points.Count;
        for (int point = 0; point < points; point++)
        {
            for (TowerKind kind = TowerKind.Archer; kind <= TowerKind.Magician; kind++)
            {
                count += Set(mask, ((int)kind * Points) - Points + 1 + point, world.CheckBuild(point, kind));
            }

            count += Set(mask, (3 * Points) + 1 + point, world.CheckUpgrade(point));
            count += Set(mask, (4 * Points) + 1 + point, world.CheckSell(point));
        }

        count += Set(mask, HeroUpgrade, world.CheckHeroUpgrade());
        count += Set(mask, Coin, world.State.CoinValue > 0 ? TowerError.None : TowerError.NoCoin);
        Span<bool> cells = mask[FirstCell..];
        count += Fill(cells[..Cells], world.State.HeroRevival == 0);
        count += Fill(cells.Slice(Cells, Cells), world.CheckSkill() == TowerError.None);
        if (world.State.ReinforcementTimer == 0)
        {
            world.Numbers.CellOnPath.CopyTo(cells[(2 * Cells)..]);
            count += world.Numbers.CellsOnPath;
        }

        if (world.State.TowerKind.Contains((int)TowerKind.Knight))
        {
            for (int cell = 0; cell < Cells; cell++)
            {
                MapPoint center = CellCenter(cell);
                count += Set(cells, (3 * Cells) + cell, world.Check(new TowerAction(TowerActionType.SetRally, center.X, center.Y)));
            }
        }

        return count;
    }

    /// <summary>The entry of the grid that stands for a choice: the cell that its place lies in, the middle one for choices without a place.</summary>
    /// <param name="world">The game.</param>
    /// <param name="choice">The choice.</param>
    public static int ToGrid(TowerWorld world, int choice)
    {
        TowerAction action = ToAction(world, choice);
        bool placed = TowerWorld.NeedsPlace(action.Type);
        return ((int)action.Type * Cells) + (placed ? CellOf(new MapPoint(action.X, action.Y)) : Middle);
    }

    /// <summary>
    /// The action of an entry of the grid. A cell with a tower point in it means that point where a type needs one, and a cell with the coin means the coin;
    /// any other cell means its middle.
    /// </summary>
    /// <param name="world">The game.</param>
    /// <param name="entry">Type times 169 plus cell.</param>
    public static TowerAction FromGrid(TowerWorld world, int entry)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentOutOfRangeException.ThrowIfNegative(entry);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(entry, GridCount);
        TowerActionType type = (TowerActionType)(entry / Cells);
        int cell = entry % Cells;
        MapPoint place = CellCenter(cell);
        if (TowerWorld.NeedsTowerPoint(type) && world.Numbers.PointOfCell[cell] is var point and >= 0)
        {
            place = world.Level.Points[point];
        }
        else if (type == TowerActionType.CollectCoin && world.Coin is { } coin && CellOf(coin.Place) == cell)
        {
            place = coin.Place;
        }

        return new TowerAction(type, place.X, place.Y);
    }

    private static int Column(double coordinate) => Math.Clamp((int)Math.Round((coordinate + TowerRules.MapRadius) / CellSize), 0, Side - 1);

    private static int Set(Span<bool> mask, int index, TowerError error)
    {
        mask[index] = error == TowerError.None;
        return mask[index] ? 1 : 0;
    }

    private static int Fill(Span<bool> cells, bool legal)
    {
        cells.Fill(legal);
        return legal ? cells.Length : 0;
    }
}
