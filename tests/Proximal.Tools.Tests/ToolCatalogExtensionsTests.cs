using Proximal.Environments.Tools;
using Proximal.Recipes;
using Proximal.Tools.Sandboxing;
using Proximal.Tools.Servers;

namespace Proximal.Tools.Tests;

/// <summary>What a program gives the tools of a recipe as their meaning.</summary>
public sealed class ToolCatalogExtensionsTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_recipe_may_name_what_the_program_allows_and_reading_it_starts_nothing()
    {
        File.WriteAllText(path, """
            name: assistant
            task: { name: tool-arithmetic }
            environment: { name: tools, tools: [calc, "mcp:files", python] }
            policy: { objective: grpo, steps: 1 }
            """);

        using ToolCatalog tools = ToolCatalog.CreateDefault()
            .AddServer(new ToolServerOptions { Name = "files", Command = ["dotnet", "server.dll"] })
            .AddSandbox(new SandboxOptions());
        Recipe recipe = Recipe.Load(path, Catalog.CreateDefault(tools));

        // There is no server.dll: had it been started, there would be a fault.
        Assert.Equal("assistant", recipe.Name);
        Assert.Contains("mcp:files", tools.Names);
        Assert.Contains("python", tools.Names);
    }
}
