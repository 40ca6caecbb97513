namespace Proximal.Tasks.Families;

/// <summary>A statement about two people, among six kinds.</summary>
/// <param name="Kind">0 j is a knight, 1 j is a knave, 2 both the same, 3 different, 4 one of them a knave, 5 j a knight and k a knave.</param>
/// <param name="First">Person j.</param>
/// <param name="Second">Person k; only kinds 2 to 5 speak of them.</param>
internal readonly record struct KnightsAndKnavesStatement(int Kind, int First, int Second)
{
    private bool MentionsSecond => Kind >= 2;

    /// <summary>Whether the statement holds; bit i of the roles says that person i is a knight.</summary>
    public bool Holds(int roles)
    {
        bool j = ((roles >> First) & 1) == 1, k = ((roles >> Second) & 1) == 1;
        return Kind switch
        {
            0 => j,
            1 => !j,
            2 => j == k,
            3 => j != k,
            4 => !j || !k,
            _ => j && !k,
        };
    }

    /// <summary>Whether everyone it speaks of is among the first people.</summary>
    public bool IsWithin(int people) => First < people && (!MentionsSecond || Second < people);

    public string ToCompact()
    {
        char j = Person(First), k = Person(Second);
        return Kind switch
        {
            0 => $"{j}=K",
            1 => $"{j}=N",
            2 => $"{j}~{k}",
            3 => $"{j}!{k}",
            4 => $"{j}=N|{k}=N",
            _ => $"{j}=K&{k}=N",
        };
    }

    public string ToEnglish()
    {
        char j = Person(First), k = Person(Second);
        return Kind switch
        {
            0 => $"{j} is a knight",
            1 => $"{j} is a knave",
            2 => $"{j} and {k} are of the same kind",
            3 => $"{j} and {k} are of different kinds",
            4 => $"{j} is a knave or {k} is a knave",
            _ => $"{j} is a knight and {k} is a knave",
        };
    }

    public static char Person(int index) => (char)('A' + index);
}
