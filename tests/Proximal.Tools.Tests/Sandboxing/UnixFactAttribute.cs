namespace Proximal.Tools.Tests.Sandboxing;

/// <summary>A test that needs Python and a shell.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = !OperatingSystem.IsWindows() && File.Exists("/usr/bin/python3") ? null : "there is no /usr/bin/python3";
}
