using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rollouts;
using Proximal.Runs;

namespace Proximal.Tests.Training;

/// <summary>How the batch of a step is divided into minibatches.</summary>
public sealed class MinibatchTests
{
    [Fact]
    public void Minibatches_are_drawn_anew_in_every_epoch_and_hold_every_group_once()
    {
        string[][][] updates = Divide(Recipe(updates: 2, epochs: 4), "first");
        for (int step = 0; step < 5; step++)
        {
            string[][][] epochs = [.. updates.Skip(8 * step).Take(8).Chunk(2).Select(epoch => epoch.SelectMany(groups => groups).ToArray())];
            Assert.All(epochs, epoch => Assert.Equal(epochs[0].Select(Name).Order(), epoch.Select(Name).Order()));
            Assert.True(epochs.Select(epoch => string.Join(' ', epoch.Select(Name))).Distinct().Count() >= 3);
        }

        Assert.All(updates.SelectMany(groups => groups), group => Assert.Equal(3, group.Length));
        Assert.Equal(Flat(updates), Flat(Divide(Recipe(updates: 2, epochs: 4), "again")));

        static string Name(string[] group) => group[0];
        static string Flat(string[][][] all) => string.Join(' ', all.SelectMany(groups => groups).SelectMany(group => group));
    }

    [Fact]
    public void One_minibatch_keeps_the_order_of_the_rollouts()
    {
        string[][][] updates = Divide(Recipe(updates: 1, epochs: 2), "one");
        Assert.Equal(10, updates.Length);
        Assert.All(updates.Chunk(2), epochs => Assert.Equal(epochs[0].SelectMany(group => group), epochs[1].SelectMany(group => group)));
    }

    private static Recipe Recipe(int updates, int epochs) =>
        TinyRuns.Recipe("objective: rloo", overrides: ["policy.prompts=8", $"policy.updates={updates}", $"policy.epochs={epochs}"]) with { Supervised = null };

    /// <summary>The groups of every update, each as the tokens of its paths up to the response.</summary>
    private static string[][][] Divide(Recipe recipe, string name)
    {
        using TemporaryFolder folder = new();
        List<string[][]> seen = [];
        Witness witness = new(batch => seen.Add([.. Enumerable.Range(0, batch.GroupCount).Select(group => Prompts(batch, group))]));
        ComponentDefinition<IRegularizer, NoOptions> definition = new(witness.Info, NoOptions.Schema, _ => witness);
        TinyRuns.Train(recipe with { Policy = recipe.Policy! with { Regularizers = [new ComponentChoice(definition)] } }, folder.File(name));
        return [.. seen];
    }

    private static string[] Prompts(PathBatch batch, int group)
    {
        List<string> prompts = [];
        for (int path = batch.GroupOffsets[group]; path < batch.GroupOffsets[group + 1]; path++)
        {
            Range tokens = batch.Path(path);
            int length = batch.Mask[tokens].IndexOf(1f);
            prompts.Add(string.Join(',', batch.Tokens[tokens][..length].ToArray()));
        }

        Assert.Single(prompts.Distinct());
        return [.. prompts];
    }

    private sealed class Witness(Action<PathBatch> see) : IRegularizer
    {
        public ComponentInfo Info { get; } = new("witness", Seam.Regularizers, "Sees minibatches.", "", "");

        public string Metric => "witness";

        public double Apply(PathBatch batch, Penalty penalty)
        {
            see(batch);
            return 0;
        }
    }
}
