namespace Proximal.Tasks;

/// <summary>The part of a task's instances that a purpose may see.</summary>
public enum TaskSplit
{
    /// <summary>Instances that training may see.</summary>
    Train,

    /// <summary>Instances for choices made during development.</summary>
    Validation,

    /// <summary>Instances that are only ever measured.</summary>
    Test,
}
