namespace Proximal.Worlds.TowerDefence;

/// <content>What actions do, and why they cannot be done.</content>
public sealed partial class TowerWorld
{
    /// <summary>Why an action would have no effect now, or none. Map, place, state and price are looked at in this order.</summary>
    /// <param name="action">The action.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is not one of the twelve.</exception>
    public TowerError Check(TowerAction action)
    {
        if (NeedsPlace(action.Type) && !(Math.Abs(action.X) <= TowerRules.MapRadius && Math.Abs(action.Y) <= TowerRules.MapRadius))
        {
            return TowerError.OutOfMap;
        }

        return action.Type switch
        {
            TowerActionType.Nothing => TowerError.None,
            TowerActionType.BuildArcher => CheckBuild(TowerPoint(action), TowerKind.Archer),
            TowerActionType.BuildKnight => CheckBuild(TowerPoint(action), TowerKind.Knight),
            TowerActionType.BuildMagician => CheckBuild(TowerPoint(action), TowerKind.Magician),
            TowerActionType.Upgrade => CheckUpgrade(TowerPoint(action)),
            TowerActionType.Sell => CheckSell(TowerPoint(action)),
            TowerActionType.MoveHero => state.HeroRevival > 0 ? TowerError.HeroDead : TowerError.None,
            TowerActionType.HeroSkill => CheckSkill(),
            TowerActionType.UpgradeHero => CheckHeroUpgrade(),
            TowerActionType.Reinforce => CheckReinforce(action),
            TowerActionType.SetRally => CheckRally(action),
            TowerActionType.CollectCoin => CheckCoin(action),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action.Type, "The type is not one of the twelve."),
        };
    }

    /// <summary>Whether a type acts at a place.</summary>
    public static bool NeedsPlace(TowerActionType type) => type is not (TowerActionType.Nothing or TowerActionType.UpgradeHero);

    /// <summary>Whether a type acts on a tower point.</summary>
    public static bool NeedsTowerPoint(TowerActionType type) => type is >= TowerActionType.BuildArcher and <= TowerActionType.Sell;

    /// <summary>What upgrading the tower of a point costs.</summary>
    /// <param name="point">A tower point with a tower.</param>
    public int UpgradePrice(int point) => Level.Rules.UpgradePrice * (state.TowerUpgrades[point] + 1);

    internal TowerError CheckBuild(int point, TowerKind kind)
    {
        if (point < 0)
        {
            return TowerError.NoTowerPoint;
        }

        return state.TowerKind[point] != 0 ? TowerError.Occupied : Afford(Level.Rules.Price(kind));
    }

    internal TowerError CheckUpgrade(int point)
    {
        if (CheckSell(point) is var error and not TowerError.None)
        {
            return error;
        }

        return state.TowerUpgrades[point] >= TowerRules.HighestLevel ? TowerError.MaximumLevel : Afford(UpgradePrice(point));
    }

    internal TowerError CheckSell(int point) => point < 0 || state.TowerKind[point] == 0 ? TowerError.NoTower : TowerError.None;

    internal TowerError CheckSkill()
    {
        if (state.HeroRevival > 0)
        {
            return TowerError.HeroDead;
        }

        return state.HeroHitPoints <= numbers.SkillCost ? TowerError.HeroHealthTooLow : state.FireTimer > 0 ? TowerError.Cooldown : TowerError.None;
    }

    internal TowerError CheckHeroUpgrade()
    {
        if (state.HeroRevival > 0)
        {
            return TowerError.HeroDead;
        }

        return state.HeroLevel >= Level.Rules.HeroUpgrades ? TowerError.MaximumLevel : Afford(Level.Rules.HeroUpgradePrice);
    }

    /// <summary>The tower point near a place, or -1.</summary>
    internal int TowerPoint(TowerAction action)
    {
        int x = TowerMap.ToThousandths(action.X), y = TowerMap.ToThousandths(action.Y), reach = TowerNumbers.Squared(Level.Rules.BuildDistance);
        for (int point = 0; point < numbers.PointX.Length; point++)
        {
            if (Squared(numbers.PointX[point] - x, numbers.PointY[point] - y) <= reach)
            {
                return point;
            }
        }

        return -1;
    }

    private static int Squared(int x, int y) => (x * x) + (y * y);

    private TowerError Afford(int price) => state.Money < price ? TowerError.NotAffordable : TowerError.None;

    private TowerError CheckReinforce(TowerAction action)
    {
        if (Level.Map.DistanceToPath(new MapPoint(action.X, action.Y)) > Level.Rules.PathDistance)
        {
            return TowerError.NotOnPath;
        }

        return state.ReinforcementTimer > 0 ? TowerError.Cooldown : TowerError.None;
    }

    private TowerError CheckRally(TowerAction action)
    {
        int tower = NearestKnightTower(action, out int squared);
        return tower < 0 ? TowerError.NoTower : squared > TowerNumbers.Squared(Level.Rules.RallyDistance) ? TowerError.RallyOutOfRange : TowerError.None;
    }

    private TowerError CheckCoin(TowerAction action)
    {
        int x = TowerMap.ToThousandths(action.X), y = TowerMap.ToThousandths(action.Y);
        return state.CoinValue == 0 || Squared(state.CoinX - x, state.CoinY - y) > numbers.CoinReach ? TowerError.NoCoin : TowerError.None;
    }

    private int NearestKnightTower(TowerAction action, out int squared)
    {
        int x = TowerMap.ToThousandths(action.X), y = TowerMap.ToThousandths(action.Y), best = -1;
        squared = int.MaxValue;
        for (int point = 0; point < numbers.PointX.Length; point++)
        {
            int distance = Squared(numbers.PointX[point] - x, numbers.PointY[point] - y);
            if (state.TowerKind[point] == (int)TowerKind.Knight && distance < squared)
            {
                (best, squared) = (point, distance);
            }
        }

        return best;
    }

    private TowerError Apply(TowerAction action)
    {
        TowerError error = Check(action);
        if (error != TowerError.None)
        {
            return error;
        }

        int x = TowerMap.ToThousandths(action.X), y = TowerMap.ToThousandths(action.Y);
        switch (action.Type)
        {
            case TowerActionType.BuildArcher:
                Build(TowerPoint(action), TowerKind.Archer);
                break;
            case TowerActionType.BuildKnight:
                Build(TowerPoint(action), TowerKind.Knight);
                break;
            case TowerActionType.BuildMagician:
                Build(TowerPoint(action), TowerKind.Magician);
                break;
            case TowerActionType.Upgrade:
                int upgraded = TowerPoint(action);
                state.Money -= UpgradePrice(upgraded);
                state.TowerUpgrades[upgraded]++;
                break;
            case TowerActionType.Sell:
                Sell(TowerPoint(action));
                break;
            case TowerActionType.MoveHero:
                (state.HeroTargetX, state.HeroTargetY) = (x, y);
                break;
            case TowerActionType.HeroSkill:
                state.HeroHitPoints -= numbers.SkillCost;
                (state.FireX, state.FireY, state.FireTimer) = (x, y, numbers.FireTicks);
                break;
            case TowerActionType.UpgradeHero:
                state.Money -= Level.Rules.HeroUpgradePrice;
                state.HeroLevel++;
                state.HeroHitPoints += numbers.HeroUpgradeHitPoints;
                break;
            case TowerActionType.Reinforce:
                Reinforce(x, y);
                break;
            case TowerActionType.SetRally:
                int tower = NearestKnightTower(action, out _);
                (state.RallyX[tower], state.RallyY[tower]) = (x, y);
                break;
            case TowerActionType.CollectCoin:
                Earn(state.CoinValue);
                (state.CoinX, state.CoinY, state.CoinValue) = (0, 0, 0);
                break;
        }

        return TowerError.None;
    }

    private void Build(int point, TowerKind kind)
    {
        state.Money -= Level.Rules.Price(kind);
        state.TowerKind[point] = (int)kind;
        if (kind == TowerKind.Knight)
        {
            (state.RallyX[point], state.RallyY[point]) = numbers.DefaultRally[point];
        }
    }

    // The knights of a sold tower leave with it.
    private void Sell(int point)
    {
        Earn((int)Math.Floor(Level.Rules.Refund * Level.Rules.Spent((TowerKind)state.TowerKind[point], state.TowerUpgrades[point])));
        state.TowerKind[point] = state.TowerUpgrades[point] = state.TowerTimer[point] = state.TowerFrozen[point] = state.RallyX[point] = state.RallyY[point] = 0;
        for (int knight = state.KnightCount - 1; knight >= 0; knight--)
        {
            if (state.KnightOwner[knight] == point)
            {
                state.RemoveKnight(knight);
            }
        }
    }

    private void Reinforce(int x, int y)
    {
        state.ReinforcementTimer = numbers.ReinforcementPeriod;
        for (int i = 0; i < Level.Rules.ReinforcementKnights; i++)
        {
            AddKnight(TowerState.Reinforcement, x, y, numbers.ReinforcementTicks);
        }
    }

    private void AddKnight(int owner, int x, int y, int life)
    {
        if (state.KnightCount == TowerState.MostKnights)
        {
            return;
        }

        int knight = state.KnightCount++;
        (state.KnightOwner[knight], state.KnightX[knight], state.KnightY[knight]) = (owner, x, y);
        (state.KnightHitPoints[knight], state.KnightTimer[knight], state.KnightLife[knight]) = (numbers.KnightHitPoints, 0, life);
    }

    // A whole number up to 2^24 has an exact float, which observations rely on.
    private void Earn(int money) => state.Money = Math.Min(state.Money + money, 16_000_000);
}
