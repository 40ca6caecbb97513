using Proximal.Control.Environments;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Tests.Recipes;

public sealed class EnvironmentModuleTests
{
    public static TheoryData<string> Keys { get; } = [.. ControlCatalog.CreateDefault().Environments.Definitions.Select(definition => definition.Info.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_environment_has_the_name_by_which_recipes_call_it(string key)
    {
        ComponentDefinition definition = ControlCatalog.CreateDefault()[Seam.Environments]!.Find(key)!;
        IEnvironment environment = new ComponentChoice(definition).Create<IEnvironment>();
        Assert.Equal(key, environment.Specification.Name);
        Assert.EndsWith(".", definition.Info.Summary, StringComparison.Ordinal);
        using VectorEnvironment vector = environment.CreateVector(2);
        vector.Reset(1, vector.CreateBatch());
    }
}
