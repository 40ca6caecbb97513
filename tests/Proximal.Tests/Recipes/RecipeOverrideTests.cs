using Proximal.Recipes;

namespace Proximal.Tests.Recipes;

public sealed class RecipeOverrideTests
{
    private const string Yaml = """
        task: mod
        policy:
          clipping: { name: ppo, low: 0.1 }
          ratio: token
          selection: [ drop-zero-variance ]
        """;

    [Fact]
    public void Sets_a_value_that_the_file_gives_or_not()
    {
        Recipe recipe = Read("seed=9", "policy.steps=5", "supervised.optimizer.learning-rate=1e-2", "name=other");

        Assert.Equal(9, recipe.Seed);
        Assert.Equal("other", recipe.Name);
        Assert.Equal("mod", recipe.Task.Definition.Info.Key);
        Assert.Equal(5, recipe.Policy!.Steps);
        Assert.Equal("0.01", recipe.Supervised!.Optimizer.Definition.Options.Format(recipe.Supervised.Optimizer.Options, "learning-rate"));
    }

    [Fact]
    public void A_new_name_drops_the_options_of_the_old_one()
    {
        PolicyStage stage = Read("policy.clipping.name=cispo", "policy.clipping.high=0.9").Policy!;

        Assert.Equal("cispo", stage.Clipping.Definition.Info.Key);
        Assert.Equal(new TestOptions { High = 0.9 }.Low, ((TestOptions)stage.Clipping.Options).Low);
        Assert.Equal(0.9, ((TestOptions)stage.Clipping.Options).High);
    }

    [Fact]
    public void An_option_of_a_bare_name_keeps_the_name()
    {
        PolicyStage stage = Read("policy.ratio.low=0.05").Policy!;

        Assert.Equal("token", stage.Ratio.Definition.Info.Key);
        Assert.Equal(0.05, ((TestOptions)stage.Ratio.Options).Low);
    }

    [Fact]
    public void An_index_reaches_into_a_list_of_the_file_and_of_the_objective()
    {
        PolicyStage stage = Read("policy.selection[0].low=0", "policy.regularizers[0].high=0.7", "policy.regularizers[1]=entropy", "policy.selection[1]={name: drop-zero-variance, count: 2}").Policy!;

        Assert.Equal(["kl", "entropy"], stage.Regularizers.Select(r => r.Definition.Info.Key));
        Assert.Equal(0.7, ((TestOptions)stage.Regularizers[0].Options).High);
        Assert.Equal([(0.0, 3), (0.2, 2)], stage.Selection.Select(s => (TestOptions)s.Options).Select(o => (o.Low, o.Count)));
    }

    [Fact]
    public void A_flow_value_replaces_a_whole_section() =>
        Assert.Equal("cispo", Read("policy={clipping: cispo, steps: 3}").Policy!.Clipping.Definition.Info.Key);

    [Fact]
    public void Null_takes_a_stage_away() => Assert.Null(Read("policy=null").Policy);

    [Theory]
    [InlineData("policy.steps", "--set policy.steps: has no '=', expected key=value")]
    [InlineData("policy..steps=1", "--set policy..steps=1: 'policy..steps' is no path of a key, expected the form policy.regularizers[0].coefficient")]
    [InlineData("policy.steps=x", "--set policy.steps=x: 'policy.steps' is 'x', expected a whole number from 1 to 100000000")]
    [InlineData("policy.steps=", "--set policy.steps=: 'policy.steps' is empty, expected a whole number from 1 to 100000000")]
    [InlineData("policy.clipping.lwo=1", "--set policy.clipping.lwo=1: 'policy.clipping.lwo' is not a known key; did you mean 'low'? (known: name, low, high, count, dual, label, kind, levels, words)")]
    [InlineData("policy.steps.x=1", "--set policy.steps.x=1: 'policy.steps' is a mapping, expected a whole number from 1 to 100000000")]
    [InlineData("policy.selection[5]=x", "--set policy.selection[5]=x: 'policy.selection[5]' does not exist, expected an index of at most 1")]
    [InlineData("policy.regularizers[5]=kl", "--set policy.regularizers[5]=kl: 'policy.regularizers[5]' does not exist, expected an index of at most 1")]
    [InlineData("policy.selection.low=1", "--set policy.selection.low=1: 'policy.selection.low' goes through a list, expected an index as in low[0]")]
    [InlineData("policy.clipping[0]=1", "--set policy.clipping[0]=1: 'policy.clipping[0]' takes an element of a mapping, expected a list")]
    [InlineData("policy.selection[100000]=x", "--set policy.selection[100000]=x: 'policy.selection[100000]' has an index that is too large, expected at most 1000")]
    [InlineData("seed=*a", "--set seed=*a: uses an alias, expected the value itself")]
    public void Names_the_override_that_is_wrong(string change, string message)
    {
        RecipeException fault = Assert.Throws<RecipeException>(() => Read(change));

        Assert.Equal(message, fault.Message);
    }

    private static Recipe Read(params string[] overrides) => new RecipeReader(new TestComponents()).Read(Yaml, "r.yaml", overrides);
}
