namespace Proximal.Tasks.Families;

/// <summary>What a unit test of <see cref="AppTask"/> looks at.</summary>
public enum AppTestKind
{
    /// <summary>A row has a digit.</summary>
    Value,

    /// <summary>A message was sent.</summary>
    Sent,

    /// <summary>No row but the named ones changed, and no message but the named ones was sent.</summary>
    NothingElse,
}
