using Proximal.Tools.Sandboxing;

namespace Proximal.Tools.Tests.Sandboxing;

/// <summary>A test that needs programs to be isolated.</summary>
public sealed class SandboxFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(FindReason);

    public SandboxFactAttribute() => Skip = Reason.Value;

    private static string? FindReason()
    {
        try
        {
            Sandbox.Open(new SandboxOptions());
            return null;
        }
        catch (ToolUnavailableException reason)
        {
            return reason.Message;
        }
    }
}
