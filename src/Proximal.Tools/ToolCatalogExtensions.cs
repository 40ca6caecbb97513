using Proximal.Environments.Tools;
using Proximal.Tools.Sandboxing;
using Proximal.Tools.Servers;

namespace Proximal.Tools;

/// <summary>Gives names in recipes a meaning outside this process. Only whoever runs a recipe can do that, never the recipe.</summary>
public static class ToolCatalogExtensions
{
    /// <summary>Adds the tools of a server of the Model Context Protocol as <c>mcp:NAME</c>. It starts when the first environment names it and ends with the catalog.</summary>
    public static ToolCatalog AddServer(this ToolCatalog catalog, ToolServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return catalog.Add(ServerTool.NameOf(options), () => ServerTool.Start(options));
    }

    /// <summary>Adds sandboxed programs as <c>python</c>. Whether this machine can isolate them is found out when the first environment names it.</summary>
    public static ToolCatalog AddSandbox(this ToolCatalog catalog, SandboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return catalog.Add(SandboxTool.Key, () => new SandboxTool(Sandbox.Open(options)));
    }
}
