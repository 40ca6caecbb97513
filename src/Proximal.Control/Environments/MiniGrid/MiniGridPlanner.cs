namespace Proximal.Control.Environments.MiniGrid;

/// <summary>
/// Shortest solutions of a MiniGrid by A* (Hart, Nilsson and Raphael 1968): every action costs 1, and what is left is at least the Manhattan
/// distance through the key and the door that are still needed, with the actions that they take.
/// </summary>
public static class MiniGridPlanner
{
    private const int Actions = 6;

    /// <summary>The actions of a shortest solution; null where there is none, as when the box is broken.</summary>
    /// <param name="layout">What stays the same.</param>
    /// <param name="start">The state to start from.</param>
    public static IReadOnlyList<GridAction>? Plan(MiniGridLayout layout, MiniGridState start)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Dictionary<MiniGridState, (int Cost, MiniGridState From, GridAction Action)> reached = new() { [start] = (0, start, GridAction.Done) };
        PriorityQueue<(MiniGridState State, int Cost), (int Bound, int Order)> open = new();
        int order = 0;
        open.Enqueue((start, 0), (LowerBound(layout, start), order));
        while (open.TryDequeue(out (MiniGridState State, int Cost) item, out _))
        {
            if (item.Cost > reached[item.State].Cost)
            {
                continue;
            }

            if (item.State.IsDone(layout))
            {
                return Trace(reached, item.State);
            }

            for (int action = 0; action < Actions; action++)
            {
                MiniGridState next = item.State.After(layout, (GridAction)action);
                int cost = item.Cost + 1;
                if (next != item.State && (!reached.TryGetValue(next, out (int Cost, MiniGridState From, GridAction Action) known) || cost < known.Cost))
                {
                    int bound = LowerBound(layout, next);
                    if (bound < int.MaxValue)
                    {
                        reached[next] = (cost, item.State, (GridAction)action);
                        open.Enqueue((next, cost), (cost + bound, ++order));
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Actions that a solution takes at least; <see cref="int.MaxValue"/> where there is none.</summary>
    /// <param name="layout">What stays the same.</param>
    /// <param name="state">The state.</param>
    public static int LowerBound(MiniGridLayout layout, MiniGridState state)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (state.IsDone(layout))
        {
            return 0;
        }

        bool toBox = layout.Goal == GridPlace.Nowhere;
        GridPlace target = toBox ? state.Box : layout.Goal;
        if (target == GridPlace.Nowhere)
        {
            return int.MaxValue;
        }

        int end = toBox && state.Carried == GridObject.Key ? 1 : 0;
        bool isBefore = layout.Door != GridPlace.Nowhere && state.Agent.X < layout.Door.X && target.X > layout.Door.X;
        if (!isBefore)
        {
            return state.Agent.Distance(target) + end;
        }

        int beyond = layout.Door.Distance(target) + end + (state.Door == DoorState.Open ? 0 : 1);
        return state.Door != DoorState.Locked || state.Carried == GridObject.Key
            ? state.Agent.Distance(layout.Door) + beyond
            : state.Key == GridPlace.Nowhere
            ? int.MaxValue
            : state.Agent.Distance(state.Key) + state.Key.Distance(layout.Door) - 1 + beyond + (toBox ? 1 : 0);
    }

    private static List<GridAction> Trace(Dictionary<MiniGridState, (int Cost, MiniGridState From, GridAction Action)> reached, MiniGridState end)
    {
        List<GridAction> actions = [];
        for (MiniGridState state = end; reached[state].Cost > 0; state = reached[state].From)
        {
            actions.Add(reached[state].Action);
        }

        actions.Reverse();
        return actions;
    }
}
