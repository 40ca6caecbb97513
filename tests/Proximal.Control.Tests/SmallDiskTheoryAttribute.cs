namespace Proximal.Control.Tests;

/// <summary>A test that mounts a <see cref="SmallDisk"/>, and is skipped where that cannot be done.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<bool> IsSupported = new(SmallDisk.IsSupported);

    public SmallDiskTheoryAttribute()
    {
        if (!IsSupported.Value)
        {
            Skip = "No small file system can be mounted here; that takes a superuser on Linux.";
        }
    }
}
