using System.Text.Json;
using Proximal.Recipes;
using Proximal.Recipes.Explanations;
using Proximal.Rollouts.Sharing;

namespace Proximal.Tests.Recipes;

public sealed class PeerRecipeTests
{
    private const string Stages = """
        task: digit-completion
        seed: 5
        model: { layers: 3, width: 32, context: 40 }
        supervised: { steps: 20, batch: 8 }
        policy: { prompts: 5, rollouts: 4, response-tokens: 8, objective: f-tis }

        """;

    private const string Peers = """
        peers:
          models:
            - { name: small, model: { layers: 1 } }
            - name: twin
              seed: 9
              supervised: { demonstration-noise: 0.5, optimizer: lion }

        """;

    [Fact]
    public void A_peer_is_like_the_model_of_the_recipe_where_it_says_nothing()
    {
        Recipe recipe = Read(Stages + Peers);

        Assert.Equal(RolloutSharing.Vertical, recipe.Peers!.Sharing);
        (PeerModel small, PeerModel twin) = (recipe.Peers.Models[0], recipe.Peers.Models[1]);
        Assert.Equal(recipe.Model with { Layers = 1 }, small.Model);
        Assert.Equal(recipe.Supervised, small.Supervised);
        Assert.Equal(recipe.Model, twin.Model);
        Assert.Equal((20, 0.5, "lion"), (twin.Supervised!.Steps, twin.Supervised.DemonstrationNoise, twin.Supervised.Optimizer.Definition.Info.Key));
    }

    [Fact]
    public void Reading_what_was_written_gives_an_equal_recipe_and_the_same_bytes()
    {
        Recipe recipe = Read(Stages + Peers);
        string written = RecipeWriter.Write(recipe);
        Recipe again = Read(written);

        Assert.Equal(recipe, again);
        Assert.Equal(written, RecipeWriter.Write(again));
        Assert.NotEqual(recipe, recipe with { Peers = recipe.Peers! with { Models = recipe.Peers.Models.Take(1).ToArray() } });
        Assert.DoesNotContain("peers", RecipeWriter.Write(Read(Stages)), StringComparison.Ordinal);
    }

    [Fact]
    public void Single_values_can_be_overridden()
    {
        Recipe recipe = Read(Stages + Peers, "peers.sharing=horizontal", "peers.models[1].model.width=16", "peers.models[2].name=third");

        Assert.Equal(RolloutSharing.Horizontal, recipe.Peers!.Sharing);
        Assert.Equal([32, 16, 32], recipe.Peers.Models.Select(peer => peer.Model.Width));
        Assert.Equal("first", Read(Stages, "peers.models[0].name=first").Peers!.Models.Single().Name);
        Assert.Null(Read(Stages + Peers, "peers=null").Peers);
    }

    [Theory]
    [InlineData("peers: []", "r.yaml:6: 'peers' is a list, expected a mapping of keys to values")]
    [InlineData("peers: {}", "r.yaml:6: 'peers.models' has 0 models, expected 1 to 16")]
    [InlineData("peers: { sharing: diagonal, models: [ { name: a } ] }", "r.yaml:6: 'peers.sharing' is 'diagonal', expected one of vertical, horizontal, none")]
    [InlineData("peers:\n  models:\n    - { name: a }\n    - { name: b, sede: 1 }", "r.yaml:9: 'peers.models[1].sede' is not a known key; did you mean 'seed'? (known: name, seed, model, supervised)")]
    [InlineData("peers:\n  models:\n    - model: { layers: 1 }", "r.yaml:8: 'peers.models[0].name' is '', expected at most 100 letters, digits, '-', '_' and '.', not starting with '.'")]
    [InlineData("peers:\n  models:\n    - name: ../a", "r.yaml:8: 'peers.models[0].name' is '../a', expected at most 100 letters, digits, '-', '_' and '.', not starting with '.'")]
    [InlineData("peers:\n  models:\n    - name: a\n    - seed: 1\n      name: A", "r.yaml:10: 'peers.models[1].name' is 'A' like that of another model, expected a name of its own")]
    [InlineData("peers:\n  models:\n    - name: a\n      model:\n        layers: 0", "r.yaml:10: 'peers.models[0].model.layers' is '0', expected a whole number from 1 to 1024")]
    [InlineData("peers:\n  models:\n    - name: a\n      model:\n        context: 64", "r.yaml:10: 'peers.models[0].model.context' is 64, expected 40 like 'model.context': peers read each other's responses")]
    [InlineData("peers:\n  models:\n    - name: a\n      model: { checkpoint: some/folder }", "r.yaml:9: 'peers.models[0].model' is a checkpoint, expected a new model like 'model': peers have one tokenizer")]
    [InlineData("peers:\n  models:\n    - name: a\n      supervised:\n        steps: 21", "r.yaml:10: 'peers.models[0].supervised.steps' is 21, expected at most 20 like 'supervised.steps' of the recipe")]
    [InlineData("peers:\n  models: [ { name: a }, { name: b }, { name: c }, { name: d }, { name: e } ]", "r.yaml:7: 'peers.models' makes 6 models in all, expected at most 'policy.prompts' (5), of which each answers some")]
    [InlineData("peers:\n  sharing: horizontal\n  models: [ { name: a }, { name: b }, { name: c }, { name: d } ]", "r.yaml:8: 'peers.models' makes 5 models in all, expected at most 'policy.rollouts' (4), of which each gives some")]
    public void What_is_wrong_is_named_with_line_and_key(string peers, string message)
    {
        RecipeException fault = Assert.Throws<RecipeException>(() => Read(Stages.TrimEnd() + "\n" + peers));

        Assert.Equal(message, fault.Faults[0].ToString());
    }

    [Fact]
    public void Models_that_mix_groups_cannot_filter_them()
    {
        RecipeException fault = Assert.Throws<RecipeException>(() => Read(Stages + Peers, "policy.objective=dapo", "peers.sharing=horizontal"));

        Assert.Contains("'peers.sharing' is 'horizontal', expected 'vertical' or 'none' with the selection 'dynamic-sampling'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vertical", new[] { 1, 2, 2 }, new[] { 4, 4, 4 })]
    [InlineData("horizontal", new[] { 5, 5, 5 }, new[] { 1, 1, 2 })]
    [InlineData("none", new[] { 5, 5, 5 }, new[] { 4, 4, 4 })]
    public void Every_model_has_its_share_and_a_seed_of_its_own(string sharing, int[] prompts, int[] rollouts)
    {
        IReadOnlyList<Recipe> recipes = ModelRecipes.Of(Read(Stages + Peers, $"peers.sharing={sharing}"));

        Assert.Equal(prompts, recipes.Select(recipe => recipe.Policy!.Prompts));
        Assert.Equal(rollouts, recipes.Select(recipe => recipe.Policy!.Rollouts));
        Assert.Equal(5, recipes[0].Seed);
        Assert.Equal(3, recipes.Select(recipe => recipe.Seed).Distinct().Count());
        Assert.NotEqual(recipes[1].Seed, ModelRecipes.Of(Read(Stages + Peers, "seed=6"))[1].Seed);
        Assert.NotEqual(recipes[2].Seed, ModelRecipes.Of(Read(Stages + Peers, "peers.models[1].seed=0"))[2].Seed);
    }

    [Fact]
    public void The_schema_of_editors_knows_them()
    {
        using JsonDocument schema = JsonDocument.Parse(RecipeSchema.Write(Catalog.CreateDefault()));
        JsonElement peers = schema.RootElement.GetProperty("properties").GetProperty("peers").GetProperty("properties");

        Assert.Equal("vertical", peers.GetProperty("sharing").GetProperty("default").GetString());
        Assert.Equal("integer", peers.GetProperty("models").GetProperty("items").GetProperty("properties").GetProperty("seed").GetProperty("type").GetString());
    }

    [Fact]
    public void An_explanation_names_them_and_what_each_does()
    {
        Recipe recipe = Read(Stages + Peers);
        MemoryEstimate memory = MemoryEstimate.Of(recipe), alone = MemoryEstimate.Of(recipe with { Peers = null });
        string text = RecipeExplanation.Describe(recipe, memory);

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        string words = string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Peer 'small' beside it is a new transformer of 1 layers, width 32, 4 heads, context 40. Peer 'twin' beside it is", words, StringComparison.Ordinal);
        Assert.Contains("Its supervised stage: demonstration-noise 0.5, optimizer lion", words, StringComparison.Ordinal);
        Assert.Contains("The models divide the prompts of a step: the policy takes 1, 'small' takes 2, 'twin' takes 2 prompts. They exchange what they write, 8 bytes a token", words, StringComparison.Ordinal);
        Assert.True(memory.Peers > 0);
        Assert.Equal(alone.Total + memory.Peers, memory.Total);
    }

    private static Recipe Read(string yaml, params string[] overrides) => new RecipeReader(Catalog.CreateDefault()).Read(yaml, "r.yaml", overrides);
}
