using System.Text.Json;
using Proximal.Recipes;

namespace Proximal.Tests.Recipes;

/// <summary>The recipes here are JSON, which is YAML too: reader and schema must agree on each.</summary>
public sealed class RecipeSchemaTests
{
    private static readonly string Schema = RecipeSchema.Write(new TestComponents());

    [Theory]
    [InlineData("""{ "task": "mod" }""")]
    [InlineData("""{ "task": { "name": "mod", "low": 0.1, "dual": true, "kind": "flag", "levels": [1, 2], "words": ["a"] }, "seed": 3 }""")]
    [InlineData("""{ "task": "mod", "policy": { "objective": "grpo", "clipping": { "low": 0.1 }, "correction": "none", "regularizers": [ "kl", { "name": "entropy", "high": 0.5 } ] } }""")]
    [InlineData("""{ "task": "mod", "policy": { "objective": "custom", "advantage": "rloo", "ratio": "token", "clipping": "ppo", "aggregation": "token-mean", "rewards": [ { "name": "score", "weight": 2 } ] }, "supervised": null }""")]
    [InlineData("""{ "task": "mod", "supervised": { "optimizer": { "name": "muon", "momentum": 0.9 }, "schedule": { "name": "cosine", "warm-up": 5 } } }""")]
    public void Accepts_what_the_reader_accepts(string recipe)
    {
        Assert.True(IsValid(recipe));
        Assert.NotNull(new RecipeReader(new TestComponents()).Read(recipe));
    }

    [Theory]
    [InlineData("""{ "seed": 1 }""")]
    [InlineData("""{ "task": "modd" }""")]
    [InlineData("""{ "task": "mod", "sede": 1 }""")]
    [InlineData("""{ "task": "mod", "seed": 1.5 }""")]
    [InlineData("""{ "task": "mod", "seed": -1 }""")]
    [InlineData("""{ "task": "mod", "seed": "1" }""")]
    [InlineData("""{ "task": { "name": "mod", "low": 7 } }""")]
    [InlineData("""{ "task": { "name": "mod", "lowe": 0.1 } }""")]
    [InlineData("""{ "task": { "name": "mod", "kind": "text" } }""")]
    [InlineData("""{ "task": "mod", "policy": { "objective": "gpro" } }""")]
    [InlineData("""{ "task": "mod", "policy": { "regularizers": "kl" } }""")]
    [InlineData("""{ "task": "mod", "policy": { "regularizers": [ { "name": "kl", "weight": 1 } ] } }""")]
    [InlineData("""{ "task": "mod", "supervised": { "optimizer": { "name": "lion", "epsilon": 1 } } }""")]
    public void Refuses_what_the_reader_refuses(string recipe)
    {
        Assert.False(IsValid(recipe));
        Assert.Throws<RecipeException>(() => new RecipeReader(new TestComponents()).Read(recipe));
    }

    [Fact]
    public void A_custom_component_is_in_the_schema()
    {
        TestComponents components = new();
        components.Add(TestComponents.Define(Seam.Tasks, "mine"));

        using JsonDocument schema = JsonDocument.Parse(RecipeSchema.Write(components));

        Assert.Equal("The mine component.", schema.RootElement.GetProperty("$defs").GetProperty("tasks.mine").GetProperty("description").GetString());
    }

    [Fact]
    public void Every_value_says_what_it_is()
    {
        using JsonDocument schema = JsonDocument.Parse(Schema);
        foreach (JsonProperty property in schema.RootElement.GetProperty("properties").EnumerateObject())
        {
            Assert.False(string.IsNullOrEmpty(property.Value.GetProperty("description").GetString()), property.Name);
        }

        Assert.Equal(1, schema.RootElement.GetProperty("properties").GetProperty("seed").GetProperty("default").GetInt32());
        Assert.Equal(Schema, RecipeSchema.Write(new TestComponents()));
    }

    private static bool IsValid(string recipe)
    {
        using JsonDocument schema = JsonDocument.Parse(Schema);
        using JsonDocument value = JsonDocument.Parse(recipe);
        return new JsonSchemaCheck(schema.RootElement).IsValid(value.RootElement);
    }
}
