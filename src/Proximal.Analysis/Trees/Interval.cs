using System.Globalization;

namespace Proximal.Analysis.Trees;

/// <summary>A set of real numbers between two bounds.</summary>
/// <param name="Low">Lower bound, negative infinity for none.</param>
/// <param name="High">Upper bound, infinity for none.</param>
/// <param name="HasLow">Whether the lower bound belongs to the set.</param>
/// <param name="HasHigh">Whether the upper bound belongs to the set.</param>
public readonly record struct Interval(double Low, double High, bool HasLow = false, bool HasHigh = true)
{
    /// <summary>All numbers.</summary>
    public static Interval All { get; } = new(double.NegativeInfinity, double.PositiveInfinity, false, false);

    /// <summary>Whether no number is in it.</summary>
    public bool IsEmpty => !(Low < High || (Low == High && HasLow && HasHigh));

    /// <summary>High - Low; 0 where it is empty.</summary>
    public double Length => IsEmpty ? 0 : High - Low;

    /// <summary>Whether a number is in it.</summary>
    public bool Contains(double value) => (value > Low || (HasLow && value == Low)) && (value < High || (HasHigh && value == High));

    /// <summary>The numbers that are in both.</summary>
    public Interval Intersect(Interval other)
    {
        (double low, bool hasLow) = Low > other.Low ? (Low, HasLow) : Low < other.Low ? (other.Low, other.HasLow) : (Low, HasLow && other.HasLow);
        (double high, bool hasHigh) = High < other.High ? (High, HasHigh) : High > other.High ? (other.High, other.HasHigh) : (High, HasHigh && other.HasHigh);
        return new Interval(low, high, hasLow, hasHigh);
    }

    /// <summary>As <c>(16, 19]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(HasLow ? '[' : '(')}{Low:0.####}, {High:0.####}{(HasHigh ? ']' : ')')}");
}
