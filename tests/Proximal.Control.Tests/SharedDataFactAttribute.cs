namespace Proximal.Control.Tests;

/// <summary>A test that needs a file or folder under ../shared, and is skipped where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string relative)
    {
        if (SharedData.Root is null || !Path.Exists(SharedData.PathOf(relative)))
        {
            Skip = $"../shared/{relative} is absent.";
        }
    }
}
