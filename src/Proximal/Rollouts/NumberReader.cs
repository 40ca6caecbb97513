namespace Proximal.Rollouts;

/// <summary>Reads what <see cref="NumberWriter"/> wrote; every number is checked before anything is made of it.</summary>
internal sealed class NumberReader(double[] numbers)
{
    private int at;

    public bool IsAtEnd => at == numbers.Length;

    /// <exception cref="InvalidDataException">The list ends here.</exception>
    public double Double() => at < numbers.Length ? numbers[at++] : throw new InvalidDataException($"a list of {numbers.Length} numbers ends in the middle of rollouts");

    public float Single() => (float)Double();

    public void Skip(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Double();
        }
    }

    /// <exception cref="InvalidDataException">Not a whole number in the range.</exception>
    public int Integer(int minimum, int maximum)
    {
        double number = Double();
        return number >= minimum && number <= maximum && Math.Floor(number) == number
            ? (int)number
            : throw new InvalidDataException(FormattableString.Invariant($"number {at - 1} is {number}, expected a whole number from {minimum} to {maximum}"));
    }

    /// <exception cref="InvalidDataException">Not a whole number from 0 that a double holds exactly.</exception>
    public long Long()
    {
        double number = Double();
        return number is >= 0 and <= 9007199254740992.0 && Math.Floor(number) == number
            ? (long)number
            : throw new InvalidDataException(FormattableString.Invariant($"number {at - 1} is {number}, expected a whole number"));
    }

    /// <summary>A count of things that take at least so many numbers each.</summary>
    /// <exception cref="InvalidDataException">More than there can be.</exception>
    public int Count(int perItem) => Integer(0, (numbers.Length - at) / perItem);

    public string Text()
    {
        int length = Count(perItem: 1);
        char[] text = new char[length];
        for (int i = 0; i < length; i++)
        {
            text[i] = (char)Integer(0, char.MaxValue);
        }

        return new string(text);
    }
}
