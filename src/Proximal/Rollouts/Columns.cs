using System.Globalization;
using Proximal.Recipes;

namespace Proximal.Rollouts;

/// <summary>What components share in handling columns.</summary>
internal static class Columns
{
    /// <summary>The first <paramref name="length"/> elements of a buffer that grows and never shrinks.</summary>
    public static Span<T> Rent<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[Math.Max(length, 2 * buffer.Length)];
        }

        return buffer.AsSpan(0, length);
    }

    /// <summary>Number of tokens with mask 1.</summary>
    public static int Count(ReadOnlySpan<float> mask) => mask.Length - mask.Count(0f);

    /// <summary>Throws when a number on a token with mask 1 is not finite.</summary>
    /// <param name="component">The component to name.</param>
    /// <param name="batch">The batch to name.</param>
    /// <param name="column">The numbers. [tokens]</param>
    /// <param name="quantity">What they are.</param>
    /// <exception cref="NonFiniteException">One of them is not finite.</exception>
    public static void RequireFinite(IComponent component, PathBatch batch, ReadOnlySpan<float> column, string quantity)
    {
        int token = FindNonFinite(column, batch.Mask);
        if (token >= 0)
        {
            throw NonFinite(Name(component), batch, token, column[token], quantity);
        }
    }

    /// <summary>Throws when a number on a token with mask 1 is not finite.</summary>
    /// <param name="component">The name of what met it.</param>
    /// <param name="batch">The batch to name.</param>
    /// <param name="column">The numbers. [tokens]</param>
    /// <param name="quantity">What they are.</param>
    /// <exception cref="NonFiniteException">One of them is not finite.</exception>
    public static void RequireFinite(string component, PathBatch batch, ReadOnlySpan<float> column, string quantity)
    {
        int token = FindNonFinite(column, batch.Mask);
        if (token >= 0)
        {
            throw NonFinite(component, batch, token, column[token], quantity);
        }
    }

    /// <summary>Throws when a reward is not finite.</summary>
    /// <exception cref="NonFiniteException">One of them is not finite.</exception>
    public static void RequireFiniteRewards(IComponent component, PathBatch batch, ReadOnlySpan<float> rewards, string quantity)
    {
        for (int i = 0; i < rewards.Length; i++)
        {
            if (!float.IsFinite(rewards[i]))
            {
                throw new NonFiniteException(Name(component), batch.Step, string.Create(CultureInfo.InvariantCulture, $"{quantity} {i} is {rewards[i]}"));
            }
        }
    }

    private static int FindNonFinite(ReadOnlySpan<float> column, ReadOnlySpan<float> mask)
    {
        for (int t = 0; t < column.Length; t++)
        {
            if (!float.IsFinite(column[t]) && mask[t] != 0)
            {
                return t;
            }
        }

        return -1;
    }

    private static NonFiniteException NonFinite(string component, PathBatch batch, int token, float value, string quantity)
    {
        int path = 0;
        while (batch.PathOffsets[path + 1] <= token)
        {
            path++;
        }

        string what = string.Create(CultureInfo.InvariantCulture, $"{quantity} of path {path}, token {token - batch.PathOffsets[path]} is {value}");
        return new NonFiniteException(component, batch.Step, what);
    }

    private static string Name(IComponent component) => $"{component.Info.Seam} '{component.Info.Key}'";
}
