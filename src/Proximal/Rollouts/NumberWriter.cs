namespace Proximal.Rollouts;

/// <summary>Writes rollouts as the list of numbers that <see cref="IStateful"/> keeps. Texts become their length and their UTF-16 codes.</summary>
internal sealed class NumberWriter
{
    private readonly List<double> numbers = [];

    public void Add(double number) => numbers.Add(number);

    public void Add(string text)
    {
        numbers.Add(text.Length);
        foreach (char c in text)
        {
            numbers.Add(c);
        }
    }

    public double[] ToArray() => [.. numbers];
}
