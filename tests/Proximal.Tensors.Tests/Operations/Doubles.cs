using Proximal.Tensors.Random;

namespace Proximal.Tensors.Tests.Operations;

/// <summary>A plain array of doubles with a shape, for reference implementations: indexed, slow and independent of the engine.</summary>
internal sealed class Doubles
{
    public Doubles(params int[] sizes)
    {
        Sizes = sizes;
        Values = new double[sizes.Aggregate(1, (product, size) => product * size)];
    }

    public int[] Sizes { get; }

    public double[] Values { get; }

    public int Length => Values.Length;

    public double this[params int[] index]
    {
        get => Values[Offset(index)];
        set => Values[Offset(index)] = value;
    }

    /// <summary>Random values, exact in single precision.</summary>
    public static Doubles Random(int seed, double low, double high, params int[] sizes)
    {
        RandomStream stream = new((ulong)seed, RandomPurpose.User);
        Doubles array = new(sizes);
        for (int i = 0; i < array.Length; i++)
        {
            array.Values[i] = (float)(low + ((high - low) * stream.Uniform(i)));
        }

        return array;
    }

    public static Doubles Filled(double value, params int[] sizes)
    {
        Doubles array = new(sizes);
        Array.Fill(array.Values, value);
        return array;
    }

    /// <summary>An array with each element computed from its index.</summary>
    public static Doubles From(int[] sizes, Func<int[], double> element)
    {
        Doubles array = new(sizes);
        for (int i = 0; i < array.Length; i++)
        {
            array.Values[i] = element(array.Index(i));
        }

        return array;
    }

    public static Doubles Zip(Doubles x, Doubles y, Func<double, double, double> f)
    {
        int rank = Math.Max(x.Sizes.Length, y.Sizes.Length);
        int[] sizes = new int[rank];
        for (int back = 1; back <= rank; back++)
        {
            int a = back <= x.Sizes.Length ? x.Sizes[^back] : 1, b = back <= y.Sizes.Length ? y.Sizes[^back] : 1;
            sizes[^back] = a == 1 ? b : a;
        }

        return From(sizes, index => f(x.Broadcast(index), y.Broadcast(index)));
    }

    public Doubles Copy()
    {
        Doubles copy = new(Sizes);
        Values.CopyTo(copy.Values, 0);
        return copy;
    }

    public Doubles Map(Func<double, double> f) => From(Sizes, index => f(this[index]));

    /// <summary>Folds each line along an axis, which stays with size 1.</summary>
    public Doubles Fold(int axis, Func<double[], double> f)
    {
        axis = axis < 0 ? axis + Sizes.Length : axis;
        int[] sizes = (int[])Sizes.Clone();
        sizes[axis] = 1;
        return From(sizes, index => f(Line(axis, index)));
    }

    /// <summary>The elements along an axis through a place.</summary>
    public double[] Line(int axis, int[] index)
    {
        axis = axis < 0 ? axis + Sizes.Length : axis;
        double[] line = new double[Sizes[axis]];
        int[] at = (int[])index.Clone();
        for (int i = 0; i < line.Length; i++)
        {
            at[axis] = i;
            line[i] = this[at];
        }

        return line;
    }

    public Doubles Reshape(params int[] sizes)
    {
        Doubles array = new(sizes);
        Values.CopyTo(array.Values, 0);
        return array;
    }

    /// <summary>The element that broadcasting puts at an index of a larger shape.</summary>
    public double Broadcast(int[] index)
    {
        int[] own = new int[Sizes.Length];
        for (int back = 1; back <= own.Length; back++)
        {
            own[^back] = Sizes[^back] == 1 ? 0 : index[^back];
        }

        return this[own];
    }

    public float[] ToFloats() => Array.ConvertAll(Values, value => (float)value);

    private int[] Index(int offset)
    {
        int[] index = new int[Sizes.Length];
        for (int axis = index.Length - 1; axis >= 0; axis--)
        {
            index[axis] = offset % Sizes[axis];
            offset /= Sizes[axis];
        }

        return index;
    }

    private int Offset(int[] index)
    {
        int offset = 0;
        for (int axis = 0; axis < Sizes.Length; axis++)
        {
            offset = (offset * Sizes[axis]) + index[axis];
        }

        return offset;
    }
}
