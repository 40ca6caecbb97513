using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.MiniGrid;

/// <summary>
/// A task in a grid of cells with walls, doors, keys and boxes (Chevalier-Boisvert et al. 2023). The observation has the parts
/// <c>image</c> [3, 7, 7], the 7 by 7 cells before the agent, which stands in the middle of the last row and looks up, with object, color
/// and state of each as the three channels; <c>direction</c>, 0 right, 1 down, 2 left, 3 up; and, where it differs between episodes,
/// <c>mission</c>, the color that the task names. Cells behind walls and doors that are not open are 0. The reward is
/// 1 - 0.9 steps / limit when the task is done, which ends the episode. Actions are those of <see cref="GridAction"/>.
/// </summary>
public abstract class MiniGridEnvironment : SingleEnvironment
{
    private const int View = 7, Channels = 3, Colors = 6;

    private readonly bool full;
    private readonly bool hasMission;
    private MiniGridState state;

    private protected MiniGridEnvironment(string name, int width, int height, int maximumSteps, bool full, bool hasMission)
    {
        this.full = full;
        this.hasMission = hasMission;
        Layout = new MiniGridLayout(width, height);
        (string, Space) image = ("image", new BoxSpace(full ? new Shape(Channels, height, width) : new Shape(Channels, View, View), 0, (int)GridObject.Agent));
        (string, Space) direction = ("direction", new DiscreteSpace(4));
        Specification = new EnvironmentSpecification
        {
            Name = name,
            Observations = hasMission ? new DictionarySpace(image, direction, ("mission", new DiscreteSpace(Colors))) : new DictionarySpace(image, direction),
            Actions = new DiscreteSpace(7),
            MaximumSteps = maximumSteps,
            Metrics = ["success"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>What stays the same during the episode.</summary>
    public MiniGridLayout Layout { get; }

    /// <summary>What changes during the episode.</summary>
    public MiniGridState State => state;

    /// <summary>The task in words.</summary>
    public abstract string Mission { get; }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = state.IsDone(Layout) ? 1 : 0;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(0, Layout.Height, Layout.Width, 0);
        canvas.Rectangle(0, 0, Layout.Width, Layout.Height, Color.Ink);
        for (int y = 0; y < Layout.Height; y++)
        {
            for (int x = 0; x < Layout.Width; x++)
            {
                DrawCell(canvas, new GridPlace(x, y));
            }
        }

        Point center = new(state.Agent.X + 0.5, state.Agent.Y + 0.5);
        double angle = state.Direction * Math.PI / 2;
        canvas.Polygon([new Point(0.35, 0).Placed(angle, center), new Point(-0.3, 0.28).Placed(angle, center), new Point(-0.3, -0.28).Placed(angle, center)], Color.Crimson);
        if (state.Carried != GridObject.Empty)
        {
            canvas.Circle(center, 0.12, Shown(state.Carried == GridObject.Key ? Layout.DoorColor : Layout.BoxColor));
        }
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<char> line = stackalloc char[Layout.Width];
        for (int y = 0; y < Layout.Height; y++)
        {
            for (int x = 0; x < Layout.Width; x++)
            {
                GridPlace place = new(x, y);
                line[x] = place == state.Agent
                    ? ">v<^"[state.Direction]
                    : state.At(Layout, place) switch
                    {
                        GridObject.Wall => '#',
                        GridObject.Door => "_DL"[(int)state.Door],
                        GridObject.Key => 'k',
                        GridObject.Box => 'b',
                        GridObject.Goal => 'G',
                        _ => '.',
                    };
            }

            writer.WriteLine(line);
        }

        writer.WriteLine(Mission + (state.Carried == GridObject.Empty ? "" : state.Carried == GridObject.Key ? " (carrying the key)" : " (carrying the box)"));
    }

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        Layout.Clear();
        state = Generate(ref Random);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        bool wasDone = state.IsDone(Layout);
        state = state.After(Layout, (GridAction)(int)action[0]);
        Observe(observation);
        bool done = !wasDone && state.IsDone(Layout);
        return new StepOutcome(done ? 1 - (0.9 * Steps / Specification.MaximumSteps) : 0, done);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        Layout.Transfer(state);
        state.Value(ref this.state);
    }

    private protected abstract MiniGridState Generate(ref EpisodeRandom random);

    /// <summary>A random cell among those of a rectangle that are free.</summary>
    private protected GridPlace PlaceIn(ref EpisodeRandom random, int left, int top, int width, int height, ReadOnlySpan<GridPlace> taken)
    {
        while (true)
        {
            GridPlace place = new(left + random.Integer(width), top + random.Integer(height));
            if (!Layout.IsWall(place) && place != Layout.Door && place != Layout.Goal && !taken.Contains(place))
            {
                return place;
            }
        }
    }

    private void Observe(Span<float> observation)
    {
        int cells = full ? Layout.Width * Layout.Height : View * View;
        Span<float> image = observation[..(Channels * cells)];
        if (full)
        {
            ObserveAll(image, cells);
        }
        else
        {
            ObserveBefore(image);
        }

        observation[Channels * cells] = state.Direction;
        if (hasMission)
        {
            observation[^1] = (int)Layout.BoxColor;
        }
    }

    private void ObserveAll(Span<float> image, int cells)
    {
        for (int cell = 0; cell < cells; cell++)
        {
            GridPlace place = new(cell % Layout.Width, cell / Layout.Width);
            Encode(state.At(Layout, place), image[cell..], cells);
        }

        int agent = (state.Agent.Y * Layout.Width) + state.Agent.X;
        image[agent] = (int)GridObject.Agent;
        image[cells + agent] = (int)GridColor.Red;
        image[(2 * cells) + agent] = state.Direction;
    }

    private void ObserveBefore(Span<float> image)
    {
        const int Cells = View * View, Middle = View / 2, Last = View - 1;
        GridPlace forward = new GridPlace(0, 0).Next(state.Direction), right = new GridPlace(0, 0).Next((state.Direction + 1) % 4);
        Span<GridObject> objects = stackalloc GridObject[Cells];
        for (int cell = 0; cell < Cells; cell++)
        {
            int ahead = Last - (cell / View), aside = (cell % View) - Middle;
            objects[cell] = state.At(Layout, new GridPlace(state.Agent.X + (forward.X * ahead) + (right.X * aside), state.Agent.Y + (forward.Y * ahead) + (right.Y * aside)));
        }

        Span<bool> visible = stackalloc bool[Cells];
        visible.Clear();
        MarkVisible(objects, visible);
        objects[(Last * View) + Middle] = state.Carried;
        image.Clear();
        for (int cell = 0; cell < Cells; cell++)
        {
            if (visible[cell])
            {
                Encode(objects[cell], image[cell..], Cells);
            }
        }
    }

    // Rows from the agent's own upwards: what can be seen through passes sight to its side, and upwards straight and aslant.
    private void MarkVisible(ReadOnlySpan<GridObject> objects, Span<bool> visible)
    {
        visible[((View - 1) * View) + (View / 2)] = true;
        for (int row = View - 1; row >= 0; row--)
        {
            for (int column = 0; column < View - 1; column++)
            {
                Pass(objects, visible, row, column, 1);
            }

            for (int column = View - 1; column > 0; column--)
            {
                Pass(objects, visible, row, column, -1);
            }
        }
    }

    private void Pass(ReadOnlySpan<GridObject> objects, Span<bool> visible, int row, int column, int side)
    {
        int cell = (row * View) + column;
        if (!visible[cell] || objects[cell] == GridObject.Wall || (objects[cell] == GridObject.Door && state.Door != DoorState.Open))
        {
            return;
        }

        visible[cell + side] = true;
        if (row > 0)
        {
            visible[cell - View + side] = true;
            visible[cell - View] = true;
        }
    }

    private void Encode(GridObject kind, Span<float> image, int stride)
    {
        image[0] = (int)kind;
        image[stride] = kind switch
        {
            GridObject.Wall => (int)GridColor.Gray,
            GridObject.Door or GridObject.Key => (int)Layout.DoorColor,
            GridObject.Box => (int)Layout.BoxColor,
            GridObject.Goal => (int)GridColor.Green,
            _ => 0,
        };
        image[2 * stride] = kind == GridObject.Door ? (int)state.Door : 0;
    }

    private void DrawCell(Canvas canvas, GridPlace place)
    {
        (double x, double y) = (place.X, place.Y);
        Color color = Shown(Layout.DoorColor);
        switch (state.At(Layout, place))
        {
            case GridObject.Wall:
                canvas.Rectangle(x, y, x + 1, y + 1, Color.Gray);
                break;
            case GridObject.Goal:
                canvas.Rectangle(x, y, x + 1, y + 1, Color.Teal);
                break;
            case GridObject.Door when state.Door == DoorState.Open:
                canvas.Rectangle(x, y, x + 0.15, y + 1, color);
                break;
            case GridObject.Door:
                canvas.Rectangle(x + 0.05, y + 0.05, x + 0.95, y + 0.95, color);
                canvas.Rectangle(x + 0.2, y + 0.2, x + 0.8, y + 0.8, state.Door == DoorState.Locked ? color.WithOpacity(0.5) : Color.Ink);
                canvas.Circle(new Point(x + 0.72, y + 0.5), 0.08, Color.White);
                break;
            case GridObject.Key:
                canvas.Circle(new Point(x + 0.5, y + 0.3), 0.17, color);
                canvas.Rectangle(x + 0.44, y + 0.3, x + 0.56, y + 0.85, color);
                canvas.Rectangle(x + 0.5, y + 0.7, x + 0.72, y + 0.8, color);
                break;
            case GridObject.Box:
                canvas.Rectangle(x + 0.15, y + 0.15, x + 0.85, y + 0.85, Shown(Layout.BoxColor));
                canvas.Line(new Point(x + 0.15, y + 0.5), new Point(x + 0.85, y + 0.5), 0.06, Color.Ink);
                break;
        }
    }

    private static Color Shown(GridColor color) => color switch
    {
        GridColor.Red => Color.Crimson,
        GridColor.Green => Color.Teal,
        GridColor.Blue => Color.Indigo,
        GridColor.Purple => Color.Hex(0x8E44AD),
        GridColor.Yellow => Color.Amber,
        _ => Color.Silver,
    };
}
