using System.Runtime.InteropServices;
using Proximal.Control.State;

namespace Proximal.Control.Environments.MinAtar;

/// <summary>
/// A submarine shoots fish and enemy submarines, each worth 1, and takes divers aboard, at most six. Its oxygen lasts for 200 frames under
/// water; surfacing costs a diver and fills it up again, and with all six aboard is worth a tenth of the oxygen left, in percent. Enemies come
/// and move faster with every surfacing. The game is over when an enemy or its bullet touches the submarine, the oxygen runs out, or it
/// surfaces without a diver.
/// </summary>
public sealed class Seaquest : MinAtarGame
{
    private const int MaximumOxygen = 200, MostDivers = 6, FirstSpawnInterval = 20, DiverSpawnInterval = 30, FirstMoveInterval = 5;
    private const int LeastMoveInterval = 2, ShotInterval = 5, EnemyShotInterval = 10, DiverMoveInterval = 5, MostMovers = 256;

    private readonly List<Mover> bullets = new(MostMovers);
    private readonly List<Mover> enemyBullets = new(MostMovers);
    private readonly List<Mover> fish = new(MostMovers);
    private readonly List<Mover> enemySubmarines = new(MostMovers);
    private readonly List<Mover> divers = new(MostMovers);
    private Mover submarine;
    private int oxygen;
    private int diversAboard;
    private int spawnInterval;
    private int spawnTimer;
    private int diverTimer;
    private int moveInterval;
    private int shotTimer;
    private int rampIndex;
    private bool surfaced;

    /// <summary>Creates the game.</summary>
    /// <param name="options">Settings; the defaults of the record when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public Seaquest(MinAtarOptions? options = null)
        : base(
            "minatar-seaquest",
            "<=|.!feODd",
            ["submarine front", "submarine back", "friendly bullet", "trail", "enemy bullet", "enemy fish", "enemy submarine", "oxygen gauge", "diver gauge", "diver"],
            Enum.GetValues<MinAtarAction>(),
            options)
    {
    }

    internal List<Mover> Bullets => bullets;

    internal List<Mover> EnemyBullets => enemyBullets;

    internal List<Mover> Fish => fish;

    internal List<Mover> EnemySubmarines => enemySubmarines;

    internal List<Mover> Divers => divers;

    internal ref Mover Submarine => ref submarine;

    internal ref int Oxygen => ref oxygen;

    internal ref int DiversAboard => ref diversAboard;

    internal (int Spawn, int Move) Intervals => (spawnInterval, moveInterval);

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Seaquest(Options);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.List(bullets, MostMovers);
        state.List(enemyBullets, MostMovers);
        state.List(fish, MostMovers);
        state.List(enemySubmarines, MostMovers);
        state.List(divers, MostMovers);
        state.Value(ref submarine);
        state.Value(ref oxygen);
        state.Value(ref diversAboard);
        state.Value(ref spawnInterval);
        state.Value(ref spawnTimer);
        state.Value(ref diverTimer);
        state.Value(ref moveInterval);
        state.Value(ref shotTimer);
        state.Value(ref rampIndex);
        state.Value(ref surfaced);
    }

    private protected override void Start()
    {
        bullets.Clear();
        enemyBullets.Clear();
        fish.Clear();
        enemySubmarines.Clear();
        divers.Clear();
        submarine = new(5, 0, toRight: false);
        oxygen = MaximumOxygen;
        spawnInterval = spawnTimer = FirstSpawnInterval;
        diverTimer = DiverSpawnInterval;
        moveInterval = FirstMoveInterval;
        diversAboard = shotTimer = rampIndex = 0;
        surfaced = true;
    }

    private protected override int Play(MinAtarAction action, ref bool over)
    {
        if (spawnTimer == 0)
        {
            SpawnEnemy();
            spawnTimer = spawnInterval;
        }

        if (diverTimer == 0)
        {
            SpawnDiver();
            diverTimer = DiverSpawnInterval;
        }

        Act(action);
        int reward = MoveBullets();
        MoveDivers();
        reward += MoveEnemies(enemySubmarines, shoot: true, ref over);
        MoveEnemyBullets(ref over);
        reward += MoveEnemies(fish, shoot: false, ref over);
        spawnTimer = Math.Max(0, spawnTimer - 1);
        diverTimer = Math.Max(0, diverTimer - 1);
        shotTimer = Math.Max(0, shotTimer - 1);
        over |= oxygen <= 0;
        if (submarine.Row > 0)
        {
            oxygen--;
            surfaced = false;
        }
        else if (!surfaced)
        {
            if (diversAboard == 0)
            {
                over = true;
            }
            else
            {
                reward += Surface();
            }
        }

        return reward;
    }

    private protected override void Show(MinAtarBoard board)
    {
        board.Set(0, submarine.Row, submarine.Column);
        board.SetInside(1, submarine.Row, submarine.Behind);
        for (int i = 0; i < OxygenShown(); i++)
        {
            board.Set(7, Size - 1, i);
        }

        for (int i = 1; i <= diversAboard; i++)
        {
            board.Set(8, Size - 1, Size - 1 - i);
        }

        foreach (ref readonly Mover bullet in CollectionsMarshal.AsSpan(bullets))
        {
            board.Set(2, bullet.Row, bullet.Column);
        }

        foreach (ref readonly Mover bullet in CollectionsMarshal.AsSpan(enemyBullets))
        {
            board.Set(4, bullet.Row, bullet.Column);
        }

        board.Show(5, trail: 3, fish);
        board.Show(6, trail: 3, enemySubmarines);
        board.Show(9, trail: 3, divers);
    }

    private static bool TakeAt(List<Mover> movers, in Mover other)
    {
        for (int i = 0; i < movers.Count; i++)
        {
            if (movers[i].IsAt(other))
            {
                movers.RemoveAt(i);
                return true;
            }
        }

        return false;
    }

    private static bool HasOpposite(List<Mover> movers, int row, bool toRight)
    {
        foreach (ref readonly Mover mover in CollectionsMarshal.AsSpan(movers))
        {
            if (mover.Row == row && mover.ToRight != toRight)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Counts down to the next move, which is made at 0.</summary>
    private static bool MoveWhenDue(ref Mover mover, int interval)
    {
        if (mover.MoveTimer > 0)
        {
            mover.MoveTimer--;
            return false;
        }

        mover.MoveTimer = interval;
        mover.Move();
        return true;
    }

    private int OxygenShown() => Math.Max(0, oxygen) * 10 / MaximumOxygen;

    private Mover Arrival()
    {
        bool toRight = Random.Integer(2) == 0;
        return new(toRight ? 0 : Size - 1, Random.Integer(1, Size - 2), toRight);
    }

    private void SpawnEnemy()
    {
        bool isSubmarine = Random.Integer(3) == 0;
        Mover enemy = Arrival();
        if (HasOpposite(fish, enemy.Row, enemy.ToRight) || HasOpposite(enemySubmarines, enemy.Row, enemy.ToRight))
        {
            return;
        }

        enemy.MoveTimer = moveInterval;
        enemy.ShotTimer = EnemyShotInterval;
        (isSubmarine ? enemySubmarines : fish).Add(enemy);
    }

    private void SpawnDiver()
    {
        Mover diver = Arrival();
        diver.MoveTimer = DiverMoveInterval;
        divers.Add(diver);
    }

    private void Act(MinAtarAction action)
    {
        switch (action)
        {
            case MinAtarAction.Fire when shotTimer == 0:
                bullets.Add(submarine);
                shotTimer = ShotInterval;
                break;
            case MinAtarAction.Left or MinAtarAction.Right:
                submarine.ToRight = action == MinAtarAction.Right;
                submarine.Move();
                submarine.Column = Math.Clamp(submarine.Column, 0, Size - 1);
                break;
            case MinAtarAction.Up:
                submarine.Row = Math.Max(0, submarine.Row - 1);
                break;
            case MinAtarAction.Down:
                submarine.Row = Math.Min(Size - 2, submarine.Row + 1);
                break;
        }
    }

    private int MoveBullets()
    {
        int hits = 0;
        for (int i = bullets.Count - 1; i >= 0; i--)
        {
            Mover bullet = bullets[i];
            bullet.Move();
            bullets[i] = bullet;
            if (bullet.IsOutside)
            {
                bullets.RemoveAt(i);
            }
            else if (TakeAt(fish, bullet) || TakeAt(enemySubmarines, bullet))
            {
                bullets.RemoveAt(i);
                hits++;
            }
        }

        return hits;
    }

    private void MoveDivers()
    {
        for (int i = divers.Count - 1; i >= 0; i--)
        {
            Mover diver = divers[i];
            bool taken = diver.IsAt(submarine) && diversAboard < MostDivers;
            if (!taken && MoveWhenDue(ref diver, DiverMoveInterval))
            {
                taken = diver.IsAt(submarine) && diversAboard < MostDivers;
            }

            diversAboard += taken ? 1 : 0;
            if (taken || diver.IsOutside)
            {
                divers.RemoveAt(i);
            }
            else
            {
                divers[i] = diver;
            }
        }
    }

    private int MoveEnemies(List<Mover> enemies, bool shoot, ref bool over)
    {
        int hits = 0;
        for (int i = enemies.Count - 1; i >= 0; i--)
        {
            Mover enemy = enemies[i];
            over |= enemy.IsAt(submarine);
            bool moved = MoveWhenDue(ref enemy, moveInterval), gone = enemy.IsOutside;
            if (moved && !gone)
            {
                if (enemy.IsAt(submarine))
                {
                    over = true;
                }
                else if (TakeAt(bullets, enemy))
                {
                    hits++;
                    gone = true;
                }
            }

            // An enemy that is hit in the frame in which it shoots still shoots.
            if (shoot && enemy.ShotTimer-- == 0)
            {
                enemy.ShotTimer = EnemyShotInterval;
                enemyBullets.Add(enemy);
            }

            if (gone)
            {
                enemies.RemoveAt(i);
            }
            else
            {
                enemies[i] = enemy;
            }
        }

        return hits;
    }

    private void MoveEnemyBullets(ref bool over)
    {
        for (int i = enemyBullets.Count - 1; i >= 0; i--)
        {
            Mover bullet = enemyBullets[i];
            over |= bullet.IsAt(submarine);
            bullet.Move();
            enemyBullets[i] = bullet;
            over |= bullet.IsAt(submarine);
            if (bullet.IsOutside)
            {
                enemyBullets.RemoveAt(i);
            }
        }
    }

    private int Surface()
    {
        surfaced = true;
        int reward = diversAboard == MostDivers ? oxygen * 10 / MaximumOxygen : 0;
        diversAboard = diversAboard == MostDivers ? 0 : diversAboard - 1;
        oxygen = MaximumOxygen;
        if (Options.DifficultyRamping && (spawnInterval > 1 || moveInterval > LeastMoveInterval))
        {
            if (moveInterval > LeastMoveInterval && rampIndex % 2 == 1)
            {
                moveInterval--;
            }

            if (spawnInterval > 1)
            {
                spawnInterval--;
            }

            rampIndex++;
        }

        return reward;
    }
}
