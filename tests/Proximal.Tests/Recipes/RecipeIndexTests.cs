using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Tests.Recipes;

public sealed class RecipeIndexTests
{
    private static readonly Catalog Methods = Catalog.CreateDefault();

    private static readonly ControlCatalog Control = ControlCatalog.CreateDefault();

    private static readonly RecipeIndex Index = new(
        ["recipes/x/ppo.yaml", "recipes/b/grpo.yaml", "recipes/a/grpo.yaml", "recipes/control/acrobot-double-dqn.yaml", "recipes/control/cartpole-ppo.yaml", "recipes/other.yaml"],
        Methods.All,
        Control.Environments,
        Control.Algorithms);

    [Fact]
    public void A_recipe_with_the_key_of_a_method_belongs_to_it() =>
        Assert.Equal(["recipes/a/grpo.yaml", "recipes/b/grpo.yaml"], Index[Methods.Objectives.Find("grpo")!.Info]);

    [Fact]
    public void A_recipe_of_control_belongs_to_its_environment_and_its_algorithm()
    {
        Assert.Equal(["recipes/control/acrobot-double-dqn.yaml"], Index[Control.Algorithms.Find("double-dqn")!.Info]);
        Assert.Equal(["recipes/control/acrobot-double-dqn.yaml"], Index[Control.Environments.Find("acrobot")!.Info]);
        Assert.Empty(Index[Control.Algorithms.Find("dqn")!.Info]);
    }

    [Fact]
    public void Methods_of_one_key_in_both_fields_keep_their_own_recipes()
    {
        Assert.Equal(["recipes/x/ppo.yaml"], Index[Methods.Objectives.Find("ppo")!.Info]);
        Assert.Equal(["recipes/control/cartpole-ppo.yaml"], Index[Control.Algorithms.Find("ppo")!.Info]);
    }
}
