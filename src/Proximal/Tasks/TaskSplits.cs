using Proximal.Tensors.Random;

namespace Proximal.Tasks;

/// <summary>
/// The bucket rule of the procedural suites: an instance belongs to the split that FNV-1a(key) mod 10 names (0..7 train, 8 validation, 9 test), so splits are
/// disjoint for every seed and difficulty.
/// </summary>
public static class TaskSplits
{
    /// <summary>The split of an instance with this canonical key.</summary>
    public static TaskSplit Of(string key) => (SuiteHash.Fnv1a64(key) % 10) switch
    {
        8 => TaskSplit.Validation,
        9 => TaskSplit.Test,
        _ => TaskSplit.Train,
    };

    /// <summary>The short name of a split: train, val or test.</summary>
    public static string Name(TaskSplit split) => split switch
    {
        TaskSplit.Train => "train",
        TaskSplit.Validation => "val",
        TaskSplit.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "split must be Train, Validation or Test."),
    };
}
