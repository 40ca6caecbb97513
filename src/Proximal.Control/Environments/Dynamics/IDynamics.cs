using Proximal.Control.Rendering;

namespace Proximal.Control.Environments.Dynamics;

/// <summary>
/// The equations of a small environment with at most four state variables, written once over lanes: one copy and thousands of them are
/// stepped by the same code, bit for bit.
/// </summary>
internal interface IDynamics
{
    /// <summary>State variables, 1 to 4; the others stay 0.</summary>
    static abstract int Variables { get; }

    /// <summary>Numbers per observation.</summary>
    static abstract int ObservationWidth { get; }

    /// <summary>The first state of an episode.</summary>
    /// <param name="uniform0">A uniform number in [0, 1), as the three others.</param>
    /// <param name="uniform1">The second.</param>
    /// <param name="uniform2">The third.</param>
    /// <param name="uniform3">The fourth.</param>
    /// <param name="a">The first state variable.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="d">The fourth.</param>
    void Begin<T>(T uniform0, T uniform1, T uniform2, T uniform3, out T a, out T b, out T c, out T d)
        where T : unmanaged, ILanes<T>;

    /// <summary>Changes the state by one step.</summary>
    /// <param name="a">The first state variable.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="d">The fourth.</param>
    /// <param name="action">A finite number; an index for a discrete space.</param>
    /// <param name="terminated">Receives where the process ended.</param>
    /// <returns>The reward.</returns>
    T Step<T>(ref T a, ref T b, ref T c, ref T d, T action, out T terminated)
        where T : unmanaged, ILanes<T>;

    /// <summary>Writes the observation of a state.</summary>
    /// <param name="a">The first state variable.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="d">The fourth.</param>
    /// <param name="columns">[<see cref="ObservationWidth"/>].</param>
    static abstract void Observe<T>(T a, T b, T c, T d, Span<T> columns)
        where T : unmanaged, ILanes<T>;

    /// <summary>Draws a state.</summary>
    /// <param name="a">The first state variable.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="canvas">Receives the picture.</param>
    static abstract void Draw(double a, double b, double c, Canvas canvas);

    /// <summary>Writes a state as lines of text.</summary>
    /// <param name="a">The first state variable.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="d">The fourth.</param>
    /// <param name="writer">Receives the lines.</param>
    static abstract void WriteText(double a, double b, double c, double d, TextWriter writer);
}
