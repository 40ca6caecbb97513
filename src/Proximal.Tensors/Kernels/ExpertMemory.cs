using System.Runtime.InteropServices;

namespace Proximal.Tensors.Kernels;

/// <summary>
/// What a pass of rows through their experts works on. A use is one row at one expert; uses stand ordered by expert and then by row, so that each expert
/// has a matrix of its own rows.
/// </summary>
/// <param name="integers">Memory of <see cref="IntegerCount"/> integers.</param>
/// <param name="floats">Memory of <see cref="FloatCount"/> floats.</param>
/// <param name="layer">The experts.</param>
/// <param name="uses">Rows times experts of a row.</param>
internal readonly unsafe struct ExpertMemory(int* integers, float* floats, ExpertLayer layer, int uses)
{
    /// <summary>The row of each use. [uses]</summary>
    public readonly int* Rows = integers;

    /// <summary>The use of each row's slots. [rows, slots]</summary>
    public readonly int* Places = integers + uses;

    /// <summary>The first use of each expert, then the number of uses. [experts + 1]</summary>
    public readonly int* Starts = integers + (2L * uses);

    /// <summary>The rows of the uses. [uses, width]</summary>
    public readonly float* Inputs = floats;

    /// <summary>What the experts give back. [uses, width]</summary>
    public readonly float* Outputs = floats + ((long)uses * layer.Width);

    /// <summary>The gates. [uses, inner]</summary>
    public readonly float* Gates = floats + (2L * uses * layer.Width);

    /// <summary>The other factors. [uses, inner]</summary>
    public readonly float* Ups = floats + (2L * uses * layer.Width) + ((long)uses * layer.Inner);

    /// <summary>The gated units. [uses, inner]</summary>
    public readonly float* Units = floats + (2L * uses * layer.Width) + (2L * uses * layer.Inner);

    public static long IntegerCount(ExpertLayer layer, int uses) => (2L * uses) + layer.Experts.Count + 1;

    public static long FloatCount(ExpertLayer layer, int uses) => uses * ((2L * layer.Width) + (3L * layer.Inner));

    /// <summary>Orders the uses by expert and then by row.</summary>
    /// <param name="experts">The expert of every slot. [rows, slots]</param>
    /// <param name="slots">Experts of a row.</param>
    /// <param name="count">Number of experts.</param>
    public void Order(ReadOnlySpan<int> experts, int slots, int count)
    {
        NativeMemory.Clear(Starts, (nuint)(count + 1) * sizeof(int));
        foreach (int expert in experts)
        {
            Starts[expert + 1]++;
        }

        for (int expert = 0; expert < count; expert++)
        {
            Starts[expert + 1] += Starts[expert];
        }

        for (int i = 0; i < experts.Length; i++)
        {
            int place = Starts[experts[i]]++;
            Places[i] = place;
            Rows[place] = i / slots;
        }

        // Every start has moved to the end of its expert, which is the start of the next.
        for (int expert = count; expert > 0; expert--)
        {
            Starts[expert] = Starts[expert - 1];
        }

        Starts[0] = 0;
    }
}
