namespace Proximal.Control.Environments.MiniGrid;

/// <summary>
/// What changes during an episode in a MiniGrid, as symbols for planners: a value that says what follows every action, given the layout.
/// </summary>
/// <param name="Agent">Where the agent is.</param>
/// <param name="Direction">Where it looks: 0 right, 1 down, 2 left, 3 up.</param>
/// <param name="Carried">What it carries: a key, a box, or <see cref="GridObject.Empty"/> for nothing.</param>
/// <param name="Key">Where the key lies, or nowhere.</param>
/// <param name="Box">Where the box lies, or nowhere.</param>
/// <param name="Door">How the door is.</param>
public readonly record struct MiniGridState(GridPlace Agent, int Direction, GridObject Carried, GridPlace Key, GridPlace Box, DoorState Door)
{
    /// <summary>Whether the task is done: the agent is at the goal, or carries the box where there is no goal.</summary>
    /// <param name="layout">What stays the same.</param>
    public bool IsDone(MiniGridLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout.Goal == GridPlace.Nowhere ? Carried == GridObject.Box : Agent == layout.Goal;
    }

    /// <summary>What lies on a cell, the agent aside.</summary>
    /// <param name="layout">What stays the same.</param>
    /// <param name="place">The cell.</param>
    public GridObject At(MiniGridLayout layout, GridPlace place)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout.IsWall(place) ? GridObject.Wall
            : place == layout.Door ? GridObject.Door
            : place == Key ? GridObject.Key
            : place == Box ? GridObject.Box
            : place == layout.Goal ? GridObject.Goal
            : GridObject.Empty;
    }

    /// <summary>The state after an action.</summary>
    /// <param name="layout">What stays the same.</param>
    /// <param name="action">The action.</param>
    public MiniGridState After(MiniGridLayout layout, GridAction action)
    {
        GridPlace front = Agent.Next(Direction);
        return (action, At(layout, front)) switch
        {
            (GridAction.Left, _) => this with { Direction = (Direction + 3) % 4 },
            (GridAction.Right, _) => this with { Direction = (Direction + 1) % 4 },
            (GridAction.Forward, GridObject.Empty or GridObject.Goal) => this with { Agent = front },
            (GridAction.Forward, GridObject.Door) when Door == DoorState.Open => this with { Agent = front },
            (GridAction.Pickup, GridObject.Key) when Carried == GridObject.Empty => this with { Carried = GridObject.Key, Key = GridPlace.Nowhere },
            (GridAction.Pickup, GridObject.Box) when Carried == GridObject.Empty => this with { Carried = GridObject.Box, Box = GridPlace.Nowhere },
            (GridAction.Drop, GridObject.Empty) when Carried == GridObject.Key => this with { Carried = GridObject.Empty, Key = front },
            (GridAction.Drop, GridObject.Empty) when Carried == GridObject.Box => this with { Carried = GridObject.Empty, Box = front },
            (GridAction.Toggle, GridObject.Door) when Door == DoorState.Locked => Carried == GridObject.Key ? this with { Door = DoorState.Open } : this,
            (GridAction.Toggle, GridObject.Door) => this with { Door = Door == DoorState.Open ? DoorState.Closed : DoorState.Open },
            (GridAction.Toggle, GridObject.Box) => this with { Box = GridPlace.Nowhere },
            _ => this,
        };
    }
}
