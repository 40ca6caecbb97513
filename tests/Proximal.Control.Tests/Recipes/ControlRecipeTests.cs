using System.Text.Json;
using Proximal.Control.Recipes;
using Proximal.Control.Recipes.Explanations;
using Proximal.Control.Tests.Runs;
using Proximal.Recipes;

namespace Proximal.Control.Tests.Recipes;

public sealed class ControlRecipeTests
{
    private static ControlRecipeReader Reader { get; } = new(TinyControl.Catalog);

    [Fact]
    public void A_stored_recipe_is_read_back_without_loss()
    {
        ControlRecipe recipe = TinyControl.Recipe();
        string text = ControlRecipeWriter.Write(recipe);
        Assert.Equal(recipe, Reader.Read(text));
        Assert.Equal(text, ControlRecipeWriter.Write(Reader.Read(text)));
    }

    [Theory]
    [InlineData("enviroment: cartpole", "recipe:1: 'enviroment' is not a known key; did you mean 'environment'? (known: name, seed, workers, steps, data, environment, wrappers, tasks, algorithm, evaluation, checkpoints)")]
    [InlineData("environment: cartpol\nalgorithm: wandering", "recipe:1: 'environment' is 'cartpol', which is no component of Environments; did you mean 'cartpole'? (known: ")]
    [InlineData("environment: cartpole\nalgorithm: wanderin", "recipe:2: 'algorithm' is 'wanderin', which is no component of Algorithms; did you mean 'wandering'? (known: ")]
    [InlineData("environment: cartpole", "recipe:1: 'algorithm' is missing, expected a component of Algorithms")]
    [InlineData("environment: cartpole\nalgorithm: { name: wandering, rat: 1 }", "recipe:2: 'algorithm.rat' is not a known key; did you mean 'rate'? (known: name, rate, fails-after)")]
    [InlineData("environment: cartpole\nalgorithm: { name: wandering, rate: fast }", "recipe:2: 'algorithm.rate' is 'fast', expected a number from 0 to 10")]
    [InlineData("environment: cartpole\nalgorithm: continuous-only", "recipe:2: 'algorithm' is 'continuous-only', which takes continuous actions, not discrete(2) as 'cartpole' has")]
    [InlineData("environment: cartpole\nalgorithm: offline", "recipe: 'data' is missing, expected a data set, from which 'offline' learns")]
    [InlineData("environment: cartpole\nalgorithm:\n  name: ppo\n  minibatches: 600", "recipe:4: 'algorithm.minibatches' is 600; ")]
    [InlineData("environment: cartpole\nalgorithm: { name: ppo, hidden: [64.5] }", "recipe:2: 'algorithm.hidden' is a list, expected a list of whole numbers from 1 to ")]
    [InlineData("environment: cartpole\nalgorithm: { name: cross-entropy, hidden: [0] }", "recipe:2: 'algorithm.hidden' is a list, expected a list of whole numbers from 1 to ")]
    [InlineData("data: some.npz\nenvironment: cartpole\nalgorithm: wandering", "recipe:1: 'data' is 'some.npz', but 'wandering' learns from its environment, expected none")]
    [InlineData("environment: cartpole\nalgorithm: reptile", "recipe: 'tasks' is missing, expected environments over which 'reptile' learns")]
    [InlineData("environment: cartpole\ntasks: [cartpole]\nalgorithm: wandering", "recipe:2: 'tasks' has 1, but 'wandering' learns in one environment, expected none")]
    [InlineData("environment: cartpole\ntasks: [cartpole, pendulum]\nalgorithm: reptile", "recipe:2: 'tasks': 'pendulum' has box[3] -> box[1], expected box[4] -> discrete(2) as 'cartpole' has")]
    [InlineData("environment: cartpole\nalgorithm: wandering\nsteps: 0", "recipe:3: 'steps' is '0', expected a whole number from 1 to 2000000000")]
    public void A_fault_is_told_with_line_key_value_and_what_was_expected(string yaml, string expected) =>
        Assert.Contains(Assert.Throws<RecipeException>(() => Reader.Read(yaml)).Faults, fault => fault.ToString().StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void A_value_is_changed_on_the_command_line() =>
        Assert.Contains("{ name: wandering, rate: 0.125, ", ControlRecipeWriter.Write(TinyControl.Recipe("algorithm.rate=0.125")), StringComparison.Ordinal);

    [Fact]
    public void A_recipe_is_recognized_by_its_keys()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("control.yaml"), "algorithm: wandering");
        File.WriteAllText(folder.File("language.yaml"), "task: mod");
        File.WriteAllText(folder.File("agent.yaml"), "task: mod\nenvironment: calculator");
        File.WriteAllText(folder.File("unfinished.yaml"), "environment: cartpole");
        File.WriteAllText(folder.File("broken.yaml"), "{");
        Assert.True(ControlRecipeReader.IsControlRecipe(folder.File("control.yaml")));
        Assert.True(ControlRecipeReader.IsControlRecipe(folder.File("unfinished.yaml")));
        Assert.False(ControlRecipeReader.IsControlRecipe(folder.File("language.yaml")));
        Assert.False(ControlRecipeReader.IsControlRecipe(folder.File("agent.yaml")));
        Assert.False(ControlRecipeReader.IsControlRecipe(folder.File("broken.yaml")));
        Assert.False(ControlRecipeReader.IsControlRecipe(folder.File("missing.yaml")));
    }

    [Fact]
    public void A_data_set_is_found_next_to_the_recipe_and_a_missing_one_is_named()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("recipe.yaml");
        File.WriteAllText(path, "environment: cartpole\nalgorithm: offline\ndata: some.jsonl");
        ControlRecipe recipe = Reader.ReadFile(path);
        Assert.Contains("'data' is 'some.jsonl', expected a data set; there is none at ", Assert.Throws<RecipeException>(() => ControlRecipePaths.Locate(recipe, path)).Message, StringComparison.Ordinal);
        File.WriteAllText(folder.File("some.jsonl"), "");
        Assert.Equal(folder.File("some.jsonl"), ControlRecipePaths.Locate(recipe, path).Data);
    }

    [Fact]
    public void The_schema_names_every_environment_and_algorithm()
    {
        using JsonDocument schema = JsonDocument.Parse(ControlRecipeSchema.Write(TinyControl.Catalog));
        JsonElement definitions = schema.RootElement.GetProperty("$defs");
        Assert.Equal(JsonValueKind.Object, definitions.GetProperty("environments.cartpole").ValueKind);
        Assert.Equal(0.5, definitions.GetProperty("algorithms.wandering").GetProperty("properties").GetProperty("rate").GetProperty("default").GetDouble());
        Assert.Equal(["environment", "algorithm"], schema.RootElement.GetProperty("required").EnumerateArray().Select(key => key.GetString()));
    }

    [Fact]
    public void An_explanation_tells_environment_arithmetic_and_objective()
    {
        string text = ControlExplanation.Describe(TinyControl.Recipe());
        Assert.Contains("actions discrete(2). An episode has at most 500 steps; a mean return of 475 counts as solved.", text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("4 copies x 8 steps = 32 transitions an iteration, 31 iterations.", text, StringComparison.Ordinal);
        Assert.Contains("        w <- w + rate n x\n        [a test]\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }
}
