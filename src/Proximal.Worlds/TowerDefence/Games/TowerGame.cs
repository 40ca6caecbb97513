namespace Proximal.Worlds.TowerDefence.Games;

/// <summary>A game from its beginning to its end.</summary>
/// <param name="Agent">Who played.</param>
/// <param name="Level">The level.</param>
/// <param name="Seed">Seed of damage and coins.</param>
/// <param name="Moves">The decisions.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Lives">Lives left.</param>
/// <param name="Money">Coins unspent at the end.</param>
/// <param name="StateHash">Hash of the last state.</param>
public sealed record TowerGame(string Agent, TowerLevel Level, ulong Seed, IReadOnlyList<TowerMove> Moves, TowerOutcome Outcome, int Lives, int Money, ulong StateHash)
{
    /// <summary>100 times the share of lives left; 0 for a lost level.</summary>
    public double Score => 100.0 * Lives / Level.Lives;

    /// <summary>Sum of the rewards.</summary>
    public double Return => Moves.Sum(move => move.Reward);

    /// <summary>Plays a game.</summary>
    /// <param name="agent">Who plays.</param>
    /// <param name="level">The level.</param>
    /// <param name="seed">Seed of the game and, mixed, of the agent's choices.</param>
    /// <param name="watch">Called after every decision; may be null.</param>
    /// <param name="cancellation">Ends the game early.</param>
    public static TowerGame Play(ITowerAgent agent, TowerLevel level, ulong seed, Action<TowerWorld>? watch = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        TowerWorld world = new(level, seed);
        agent.Begin(world, seed + 1);
        List<TowerMove> moves = [];
        bool[] mask = new bool[TowerChoices.Count];
        while (world.Running)
        {
            cancellation.ThrowIfCancellationRequested();
            TowerAction action = agent.Choose(world);
            int choices = TowerChoices.WriteMask(world, mask), choice = TowerChoices.FromAction(world, action);
            TowerStep step = world.Decide(action);
            moves.Add(new TowerMove(action, step.Error, agent.Malformed, choices, choice, step.Reward));
            watch?.Invoke(world);
        }

        return new TowerGame(agent.Name, level, seed, moves, world.Outcome, world.Lives, world.Money, world.StateHash());
    }

    /// <summary>Plays the decisions again.</summary>
    /// <param name="watch">Called at the beginning and after every decision.</param>
    /// <exception cref="TowerLevelException">The game goes another way than it did.</exception>
    public void Replay(Action<TowerWorld>? watch = null)
    {
        TowerWorld world = new(Level, Seed);
        watch?.Invoke(world);
        for (int i = 0; i < Moves.Count; i++)
        {
            TowerError error = world.Running ? world.Decide(Moves[i].Action).Error : throw new TowerLevelException($"decision {i}: the game is over, expected {Moves.Count} decisions");
            if (error != Moves[i].Error)
            {
                throw new TowerLevelException($"decision {i}: error {(int)error}, expected {(int)Moves[i].Error} as recorded");
            }

            watch?.Invoke(world);
        }

        if (world.StateHash() != StateHash || world.Outcome != Outcome)
        {
            throw new TowerLevelException($"state: {world.StateHash():x16} at the end, expected {StateHash:x16} as recorded");
        }
    }
}
