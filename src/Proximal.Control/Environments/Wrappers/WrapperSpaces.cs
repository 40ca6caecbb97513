using Proximal.Control.Spaces;

namespace Proximal.Control.Environments.Wrappers;

internal static class WrapperSpaces
{
    public static BoxSpace RequireBox(EnvironmentSpecification specification, Space space, string what, string wrapper) => space as BoxSpace
        ?? throw new ArgumentException($"{specification.Name}: {wrapper} takes an environment whose {what} are a box, not {space}.", nameof(space));
}
