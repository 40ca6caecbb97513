using Proximal.Optimizers;
using Proximal.Recipes;

namespace Proximal.Tests.Recipes;

public sealed class RecipeReaderTests
{
    private readonly TestComponents components = new();

    [Fact]
    public void Fills_in_defaults_for_everything_but_the_task()
    {
        Recipe recipe = Read("task: mod\npolicy: {}\n");

        Assert.Equal("mod", recipe.Task.Definition.Info.Key);
        Assert.Equal("run", recipe.Name);
        Assert.Equal(2, recipe.Model.Layers);
        Assert.Null(recipe.Supervised);
        Assert.Equal("grpo", recipe.Policy!.Objective);
        Assert.Equal("ppo", recipe.Policy.Clipping.Definition.Info.Key);
        Assert.Equal(0.5, ((TestOptions)recipe.Policy.Regularizers.Single().Options).High);
        Assert.Equal(1e-4, ((OptimizerSettings)recipe.Policy.Optimizer.Options).LearningRate);
    }

    [Fact]
    public void Binds_every_kind_of_value()
    {
        Recipe recipe = Read("""
            name: quickstart
            seed: 7
            task: { name: mod, low: 1e-1, count: 1_000, dual: true, label: 'a: b', kind: flag, levels: [1, -2.5e3], words: [x, "y, z"] }
            model: { layers: 3, width: 32, heads: 2, tie-embeddings: false }
            supervised:
              steps: 1e2
              optimizer: { learning-rate: 0.5 }
              schedule: { name: cosine, warm-up: 20, floor: 0.1 }
            """);

        TestOptions options = (TestOptions)recipe.Task.Options;
        Assert.Equal(0.1, options.Low);
        Assert.Equal(1000, options.Count);
        Assert.True(options.Dual);
        Assert.Equal("a: b", options.Label);
        Assert.Equal(OptionKind.Flag, options.Kind);
        Assert.Equal([1, -2500], options.Levels);
        Assert.Equal(["x", "y, z"], options.Words);
        Assert.Equal(7, recipe.Seed);
        Assert.False(recipe.Model.TieEmbeddings);
        Assert.Equal(88, recipe.Model.FeedForwardWidth);
        Assert.Equal(100, recipe.Supervised!.Steps);
        Assert.Equal(0.5, ((AdamWSettings)recipe.Supervised.Optimizer.Options).LearningRate);
        Assert.Equal("cosine", recipe.Supervised.Schedule.Definition.Info.Key);
    }

    [Fact]
    public void A_seam_overrides_one_choice_of_the_objective()
    {
        PolicyStage stage = Read("""
            task: mod
            policy:
              objective: grpo
              clipping: { high: 0.28 }
              aggregation: token-mean
              regularizers: []
              rewards: [ score, { name: overlong, weight: 0.5, low: 0.1 } ]
            """).Policy!;

        Assert.Equal("ppo", stage.Clipping.Definition.Info.Key);
        Assert.Equal(0.28, ((TestOptions)stage.Clipping.Options).High);
        Assert.Equal("token-mean", stage.Aggregation.Definition.Info.Key);
        Assert.Empty(stage.Regularizers);
        Assert.Equal([1, 0.5], stage.Rewards.Select(r => r.Weight));
        Assert.Equal("grpo", stage.Advantage.Definition.Info.Key);
    }

    [Fact]
    public void Null_counts_as_absent() => Assert.Null(Read("task: mod\npolicy: null\nsupervised: ~\n").Policy);

    [Fact]
    public void A_custom_component_is_named_like_any_other()
    {
        components.Add(TestComponents.Define(Seam.Advantages, "mine"));

        Recipe recipe = Read("task: mod\npolicy: { advantage: { name: mine, low: 0.05 } }");

        Assert.Equal(0.05, recipe.Policy!.Advantage.Create<object>() is TestOptions options ? options.Low : 0);
    }

    [Theory]
    [InlineData("task: mod\ntrain: 1", "r.yaml:2: 'train' is not a known key (known: name, seed, workers, model, task, mixture, environment, evaluation, supervised, policy, checkpoints, recording, peers)")]
    [InlineData("task: mod\nsede: 1", "r.yaml:2: 'sede' is not a known key; did you mean 'seed'? (known: name, seed, workers, model, task, mixture, environment, evaluation, supervised, policy, checkpoints, recording, peers)")]
    [InlineData("task: mod\npolicy:\n  clipping:\n    name: ppo\n    lowe: 1", "r.yaml:5: 'policy.clipping.lowe' is not a known key; did you mean 'low'? (known: name, low, high, count, dual, label, kind, levels, words)")]
    [InlineData("task: mod\nseed: x", "r.yaml:2: 'seed' is 'x', expected a whole number of at least 0")]
    [InlineData("task: mod\nseed: 1.5", "r.yaml:2: 'seed' is '1.5', expected a whole number of at least 0")]
    [InlineData("task: mod\nseed: -1", "r.yaml:2: 'seed' is '-1', expected a whole number of at least 0")]
    [InlineData("task: mod\nseed: 3_000_000_000", "r.yaml:2: 'seed' is '3_000_000_000', expected a whole number of at least 0")]
    [InlineData("task: mod\nseed: '5'", "r.yaml:2: 'seed' is '5', expected a whole number of at least 0")]
    [InlineData("task: mod\nseed:", "r.yaml:2: 'seed' is empty, expected a whole number of at least 0")]
    [InlineData("task: mod\nseed: [1]", "r.yaml:2: 'seed' is a list, expected a whole number of at least 0")]
    [InlineData("task: mod\nmodel: { tie-embeddings: yes }", "r.yaml:2: 'model.tie-embeddings' is 'yes', expected true or false")]
    [InlineData("task: mod\nmodel: 5", "r.yaml:2: 'model' is '5', expected a mapping of keys to values")]
    [InlineData("task: { name: mod, low: .nan }", "r.yaml:1: 'task.low' is '.nan', expected a number from 0 to 1")]
    [InlineData("task: { name: mod, low: 1__0 }", "r.yaml:1: 'task.low' is '1__0', expected a number from 0 to 1")]
    [InlineData("task: { name: mod, high: 1e999 }", "r.yaml:1: 'task.high' is '1e999', expected a number of at least 0")]
    [InlineData("task: { name: mod, kind: flog }", "r.yaml:1: 'task.kind' is 'flog', expected one of number, integer, flag; did you mean 'flag'?")]
    [InlineData("task: { name: mod, levels: [1, x] }", "r.yaml:1: 'task.levels' is a list, expected a list of numbers")]
    [InlineData("task: { name: mod,\n low: 0.9 }", "r.yaml:2: 'task.low' is 0.9, expected at most 'high' (0.3)")]
    [InlineData("task: modd", "r.yaml:1: 'task' is 'modd', which is no component of Tasks; did you mean 'mod'? (known: mod, countdown)")]
    [InlineData("task: [mod]", "r.yaml:1: 'task' is a list, expected a component of Tasks: its name, or a mapping with 'name' and options")]
    [InlineData("task: { low: 0.1 }", "r.yaml:1: 'task.name' is missing, expected one of mod, countdown")]
    [InlineData("seed: 1", "r.yaml:1: 'task' is missing, expected a component of Tasks")]
    [InlineData("task: mod\nname: a/b", "r.yaml:2: 'name' is 'a/b', expected at most 100 letters, digits, '-', '_' and '.', not starting with '.'")]
    [InlineData("task: mod\nmodel:\n  checkpoint: x\n  layers: 2", "r.yaml:4: 'model.layers' does not go with 'model.checkpoint', expected one of the two")]
    [InlineData("task: mod\nmodel:\n  heads: 5", "r.yaml:3: 'model.width' is 64, expected a multiple of twice 'heads' (5)")]
    [InlineData("task: mod\npolicy:\n  prompts: 4\n  updates: 8", "r.yaml:4: 'policy.updates' is 8, expected at most 'prompts' (4)")]
    [InlineData("task: mod\npolicy: { objective: gpro }", "r.yaml:2: 'policy.objective' is 'gpro', which is no component of Objectives; did you mean 'grpo'? (known: grpo)")]
    [InlineData("task: mod\npolicy: { regularizers: kl }", "r.yaml:2: 'policy.regularizers' is 'kl', expected a list of components of Regularizers")]
    [InlineData("task: mod\npolicy: { regularizers: [{ name: kl, low: 2 }] }", "r.yaml:2: 'policy.regularizers[0].low' is '2', expected a number from 0 to 1")]
    [InlineData("task: mod\npolicy: { rewards: [{ name: score, weight: much }] }", "r.yaml:2: 'policy.rewards[0].weight' is 'much', expected a number")]
    [InlineData("task: mod\nseed: 1\nseed: 2", "r.yaml:3: 'seed' is given twice, first in line 2")]
    public void Names_file_line_key_value_and_expectation(string yaml, string message)
    {
        RecipeException fault = Assert.Throws<RecipeException>(() => Read(yaml));

        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public void Reports_all_faults_at_once_in_the_order_of_the_file()
    {
        RecipeException fault = Assert.Throws<RecipeException>(() => Read("task: modd\npolicy:\n  steps: 0\n  clipping: { low: 7 }\nsede: 1\nmodel: { layers: -1 }", "polcy.steps=1"));

        Assert.Equal(["task", "policy.steps", "policy.clipping.low", "sede", "model.layers", "polcy"], fault.Faults.Select(f => f.Key));
        Assert.Equal("policy", fault.Faults[^1].Suggestion);
        Assert.StartsWith("--set polcy.steps=1: 'polcy' is not a known key; did you mean 'policy'?", fault.Message.Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_checkpoint_is_looked_for_here_and_next_to_the_recipe()
    {
        string folder = Directory.CreateTempSubdirectory("proximal-recipe-").FullName;
        try
        {
            string path = Path.Combine(folder, "r.yaml"), model = Path.Combine(folder, "model");
            Directory.CreateDirectory(model);
            File.WriteAllText(path, "task: mod\nmodel: { checkpoint: model }\nsupervised: { teacher: { checkpoint: model } }\n");
            Recipe recipe = new RecipeReader(components).ReadFile(path);

            Assert.Equal("r", recipe.Name);
            Assert.Equal(model, RecipePaths.Locate(recipe, path).Model.Checkpoint);
            Assert.Equal(model, RecipePaths.Locate(recipe, path).Supervised!.Teacher!.Checkpoint);
            Directory.Delete(model);
            RecipeException fault = Assert.Throws<RecipeException>(() => RecipePaths.Locate(recipe, path));
            Assert.Equal($"{path}: 'model.checkpoint' is 'model', expected a folder; there is none at {Path.GetFullPath("model")} nor at {model}", fault.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Components_know_where_they_were_written() =>
        Assert.Equal("r.yaml:3", Read("seed: 1\n\ntask: mod").Task.Position!.ToString());

    private Recipe Read(string yaml, params string[] overrides) => new RecipeReader(components).Read(yaml, "r.yaml", overrides);
}
