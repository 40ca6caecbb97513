using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>A change of the quantity in a word problem: 0 buys, 1 gives away, 2 multiplies, 3 splits into equal boxes and keeps one.</summary>
internal readonly record struct WordProblemStep(int Kind, int Amount)
{
    public int Apply(int quantity) => Kind switch
    {
        0 => quantity + Amount,
        1 => quantity - Amount,
        2 => quantity * Amount,
        _ => quantity / Amount,
    };

    public string Tell(string name) => Kind switch
    {
        0 => Invariant($"{name} buys {Amount} more."),
        1 => Invariant($"{name} gives away {Amount}."),
        2 => Invariant($"then {name} gets {Amount} times as many."),
        _ => Invariant($"{name} splits them into {Amount} equal boxes and keeps one box."),
    };

    public string Work(int quantity) => Invariant($"{quantity}{"+-*/"[Kind]}{Amount}={Apply(quantity)}");
}
