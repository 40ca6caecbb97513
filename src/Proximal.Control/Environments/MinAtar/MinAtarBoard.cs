namespace Proximal.Control.Environments.MinAtar;

/// <summary>An observation [channel, row, column] to draw on.</summary>
internal readonly ref struct MinAtarBoard
{
    private const int Cells = MinAtarGame.Size * MinAtarGame.Size;

    private readonly Span<float> observation;

    public MinAtarBoard(Span<float> observation)
    {
        observation.Clear();
        this.observation = observation;
    }

    public void Set(int channel, int row, int column) => observation[(channel * Cells) + (row * MinAtarGame.Size) + column] = 1;

    /// <summary>Marks a cell unless it lies outside the board.</summary>
    public void SetInside(int channel, int row, int column)
    {
        if ((uint)column < MinAtarGame.Size)
        {
            Set(channel, row, column);
        }
    }

    public void Copy(int channel, ReadOnlySpan<bool> cells)
    {
        Span<float> values = observation.Slice(channel * Cells, Cells);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = cells[i] ? 1 : 0;
        }
    }

    public void Show(int channel, int trail, List<Mover> movers)
    {
        foreach (ref readonly Mover mover in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(movers))
        {
            Set(channel, mover.Row, mover.Column);
            SetInside(trail, mover.Row, mover.Behind);
        }
    }
}
