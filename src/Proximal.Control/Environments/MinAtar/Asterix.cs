using Proximal.Control.State;

namespace Proximal.Control.Environments.MinAtar;

/// <summary>
/// Gold and enemies cross the rows in between the top and the bottom one, at most one each; gold is worth 1, an enemy ends the game. They come
/// and move faster as time passes.
/// </summary>
public sealed class Asterix : MinAtarGame
{
    private const int Slots = Size - 2, FirstSpawnInterval = 10, FirstMoveInterval = 5, RampInterval = 100;

    private readonly Entity[] entities = new Entity[Slots];
    private int column;
    private int row;
    private int spawnInterval;
    private int spawnTimer;
    private int moveInterval;
    private int moveTimer;
    private int rampTimer;
    private int rampIndex;

    /// <summary>Creates the game.</summary>
    /// <param name="options">Settings; the defaults of the record when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public Asterix(MinAtarOptions? options = null)
        : base("minatar-asterix", "@E.$", ["player", "enemy", "trail", "gold"], [MinAtarAction.None, MinAtarAction.Left, MinAtarAction.Up, MinAtarAction.Right, MinAtarAction.Down], options)
    {
    }

    internal (int Spawn, int Move) Intervals => (spawnInterval, moveInterval);

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Asterix(Options);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Values<Entity>(entities);
        state.Value(ref column);
        state.Value(ref row);
        state.Value(ref spawnInterval);
        state.Value(ref spawnTimer);
        state.Value(ref moveInterval);
        state.Value(ref moveTimer);
        state.Value(ref rampTimer);
        state.Value(ref rampIndex);
    }

    internal void Place(int slot, int column, bool toRight, bool isGold) =>
        entities[slot] = new Entity { Mover = new(column, slot + 1, toRight), IsGold = isGold, IsPresent = true };

    internal void Clear() => entities.AsSpan().Clear();

    private protected override void Start()
    {
        Clear();
        column = row = 5;
        spawnInterval = spawnTimer = FirstSpawnInterval;
        moveInterval = moveTimer = FirstMoveInterval;
        rampTimer = RampInterval;
        rampIndex = 0;
    }

    private protected override int Play(MinAtarAction action, ref bool over)
    {
        if (spawnTimer == 0)
        {
            Spawn();
            spawnTimer = spawnInterval;
        }

        switch (action)
        {
            case MinAtarAction.Left: column = Math.Max(0, column - 1); break;
            case MinAtarAction.Right: column = Math.Min(Size - 1, column + 1); break;
            case MinAtarAction.Up: row = Math.Max(1, row - 1); break;
            case MinAtarAction.Down: row = Math.Min(Size - 2, row + 1); break;
        }

        int reward = Meet(ref over);
        if (moveTimer == 0)
        {
            moveTimer = moveInterval;
            foreach (ref Entity entity in entities.AsSpan())
            {
                entity.Mover.Move();
                entity.IsPresent &= !entity.Mover.IsOutside;
            }

            reward += Meet(ref over);
        }

        spawnTimer--;
        moveTimer--;
        if (Options.DifficultyRamping && (spawnInterval > 1 || moveInterval > 1))
        {
            Ramp();
        }

        return reward;
    }

    private protected override void Show(MinAtarBoard board)
    {
        board.Set(0, row, column);
        foreach (ref readonly Entity entity in entities.AsSpan())
        {
            if (entity.IsPresent)
            {
                board.Set(entity.IsGold ? 3 : 1, entity.Mover.Row, entity.Mover.Column);
                board.SetInside(2, entity.Mover.Row, entity.Mover.Behind);
            }
        }
    }

    private void Spawn()
    {
        bool toRight = Random.Integer(2) == 0, isGold = Random.Integer(3) == 0;
        int free = 0;
        foreach (ref readonly Entity entity in entities.AsSpan())
        {
            free += entity.IsPresent ? 0 : 1;
        }

        if (free == 0)
        {
            return;
        }

        int choice = Random.Integer(free), slot = 0;
        while (entities[slot].IsPresent || choice-- > 0)
        {
            slot++;
        }

        Place(slot, toRight ? 0 : Size - 1, toRight, isGold);
    }

    private int Meet(ref bool over)
    {
        ref Entity entity = ref entities[row - 1];
        if (!entity.IsPresent || entity.Mover.Column != column)
        {
            return 0;
        }

        if (!entity.IsGold)
        {
            over = true;
            return 0;
        }

        entity.IsPresent = false;
        return 1;
    }

    private void Ramp()
    {
        if (rampTimer >= 0)
        {
            rampTimer--;
            return;
        }

        if (moveInterval > 1 && rampIndex % 2 == 1)
        {
            moveInterval--;
        }

        if (spawnInterval > 1)
        {
            spawnInterval--;
        }

        rampIndex++;
        rampTimer = RampInterval;
    }

    private struct Entity
    {
        public Mover Mover;
        public bool IsGold;
        public bool IsPresent;
    }
}
