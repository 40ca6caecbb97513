using System.Text.Json;
using Proximal.Control.Data;

namespace Proximal.Cli.Tests;

/// <summary>Commands on data sets.</summary>
public sealed class DataCommandTests(ControlRun run) : IClassFixture<ControlRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Policies_and_chance_give_equal_shares_and_the_same_seed_gives_the_same_file()
    {
        string first = folder.File("first.safetensors"), second = folder.File("second.safetensors"), other = folder.File("other.safetensors");
        string[] command = ["data", "generate", "--policy", "random", "--policy", run.Folder, "--noise", "0.1", "--sample", "--transitions", "301", "--expert", run.Folder];
        string output = CommandLine.Run([.. command, "--out", first]).Succeeded().Output;
        CommandLine.Run([.. command, "--out", second]).Succeeded();
        CommandLine.Run([.. command, "--seed", "2", "--out", other]).Succeeded();

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        OfflineDataset dataset = DatasetFile.Load(first);
        Assert.Equal(301, dataset.Count);
        Assert.NotEqual(dataset.Observations.ToArray(), DatasetFile.Load(other).Observations.ToArray());
        Assert.Equal("random + run, noise 0.1, sampled", dataset.Information.Source);
        Assert.NotNull(dataset.Information.RandomReturn);
        Assert.NotNull(dataset.Information.ExpertReturn);
        Assert.Contains("\n301 transitions in ", output, StringComparison.Ordinal);
        Assert.Contains("\nmean of the best tenth ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_keeps_what_the_learner_saw()
    {
        string path = folder.File("replay.safetensors");
        CommandLine.Run("data", "replay", run.RecipePath, "--set", "steps=256", "--out", path).Succeeded();
        OfflineDataset dataset = DatasetFile.Load(path);
        Assert.Equal(256, dataset.Count);
        Assert.Equal("replay of ppo", dataset.Information.Source);
    }

    [Fact]
    public void A_data_set_is_shown_with_its_coverage_and_a_recipe_learns_from_it()
    {
        string path = folder.File("random.safetensors"), recipe = folder.File("clone.yaml");
        CommandLine.Run("data", "generate", "--environment", "cartpole", "--transitions", "200", "--out", path).Succeeded();
        JsonElement shown = CommandLine.Run("data", "show", path, "--reference", path, "--json").Succeeded().Json;
        Assert.Equal(200, shown.GetProperty("transitions").GetInt32());
        Assert.Equal(1, shown.GetProperty("coverage").GetDouble());
        Assert.False(shown.TryGetProperty("scores", out _));

        File.WriteAllText(recipe, "environment: cartpole\ndata: random.safetensors\nsteps: 10\nalgorithm: { name: behaviour-cloning, hidden: [8] }\nevaluation: { episodes: 2 }");
        CommandLine.Run("train", recipe, "--run", folder.File("clone")).Succeeded();
    }

    [Fact]
    public void A_walker_plays_in_point_mazes_of_any_layout()
    {
        string path = folder.File("play.safetensors");
        CommandLine.Run("data", "generate", "--environment", "{ name: pointmaze, layout: medium }", "--policy", "play", "--transitions", "4000", "--out", path).Succeeded();
        OfflineDataset dataset = DatasetFile.Load(path);
        Assert.Equal("play", dataset.Information.Source);
        Assert.True(Enumerable.Range(0, dataset.Count).Select(i => ((int)Math.Round(dataset.Observation(i)[0]), (int)Math.Round(dataset.Observation(i)[1]))).Distinct().Count() > 15);
        CommandLine.Run("data", "generate", "--environment", "pendulum", "--policy", "play", "--out", path).Failed(
            ExitCode.BadInput, "proximal: --policy is 'play', which walks through point mazes, not pendulum");
    }

    [Fact]
    public void Bad_input_is_told()
    {
        string path = folder.File("none.safetensors");
        CommandLine.Run("data", "generate", "--out", path).Failed(
            ExitCode.BadInput,
            "proximal: nothing says the environment",
            "help: --environment NAME or --policy RUN does; `proximal methods --seam environments` lists the names");
        CommandLine.Run("data", "generate", "--environment", "pendulun", "--out", path).Failed(
            ExitCode.BadInput, "proximal: --environment is 'pendulun', which is no environment", "help: did you mean 'pendulum'?");
        CommandLine.Run("data", "generate", "--policy", "nowhere", "--out", path).Failed(
            ExitCode.BadInput, "proximal: nowhere is no control run, expected a run folder", "help: `proximal train` makes one from a control recipe");
        Assert.StartsWith(
            "proximal: pendulum has observations ",
            CommandLine.Run("data", "generate", "--environment", "pendulum", "--policy", run.Folder, "--out", path).Error,
            StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        CommandLine.Run("data", "show", path).Failed(ExitCode.BadInput, $"proximal: {path}: there is no such file, expected a data set.");
    }

    public void Dispose() => folder.Dispose();
}
