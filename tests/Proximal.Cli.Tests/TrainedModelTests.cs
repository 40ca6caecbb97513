using System.Text.Json;

namespace Proximal.Cli.Tests;

/// <summary>Commands that use a trained model.</summary>
public sealed class TrainedModelTests(TrainedRun run) : IClassFixture<TrainedRun>
{
    private const string Prompt = "3,5:9,4";

    [Fact]
    public void Evaluates_a_run_with_every_metric_and_interval()
    {
        string output = CommandLine.Run("eval", run.Folder, "--k", "1,4").Succeeded().Output;
        Assert.Contains("on digit-completion (", output, StringComparison.Ordinal);
        Assert.Contains("10 held-out problems, 4 responses each, temperature 1, seed 1", output, StringComparison.Ordinal);
        Assert.All(["pass@1", "pass@4", "maj@4", "exact match", "reward", "length", "truncated"], name => Assert.Contains($"\n{name} ", output, StringComparison.Ordinal));
    }

    [Fact]
    public void Greedy_evaluation_equals_the_last_measurement_of_the_run()
    {
        JsonElement json = CommandLine.Run("eval", run.Folder, "--samples", "1", "--json").Succeeded().Json;
        JsonElement shown = CommandLine.Run("runs", "show", run.Folder, "--json").Succeeded().Json;
        double reward = json.GetProperty("report").GetProperty("metrics").GetProperty("reward").GetProperty("mean").GetDouble();
        Assert.Equal(shown.GetProperty("evaluations").EnumerateArray().Last().GetProperty("reward").GetDouble(), reward, 1e-12);
    }

    [Fact]
    public void A_model_folder_needs_a_task()
    {
        string model = Path.Combine(run.Folder, "model");
        CommandLine.Run("eval", model).Failed(
            ExitCode.BadInput,
            $"proximal: {model} is a model, which does not say its task",
            "help: --task NAME or --recipe RECIPE names it");
        string output = CommandLine.Run("eval", model, "--task", "digit-completion", "--prompts", "3", "--samples", "2").Succeeded().Output;
        Assert.Contains("3 held-out problems, 2 responses each", output, StringComparison.Ordinal);
        CommandLine.Run("eval", model, "--recipe", run.RecipePath, "--prompts", "3", "--samples", "1").Succeeded();
    }

    [Fact]
    public void An_unknown_task_suggests_the_nearest()
    {
        CommandResult result = CommandLine.Run("eval", run.Folder, "--task", "digit-completio");
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains("help: did you mean 'digit-completion'?\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void More_k_than_samples_is_refused() => CommandLine.Run("eval", run.Folder, "--k", "1,8", "--samples", "4").Failed(
        ExitCode.BadInput,
        "proximal: --k asks for 8 responses, but --samples is 4",
        "help: expected --samples 8 or more");

    [Theory]
    [InlineData("--k", "1,x", "--k is '1,x', expected whole numbers from 1 to 65536 with commas, as in 1,4,16")]
    [InlineData("--prompts", "0", "--prompts is '0', expected a whole number from 1 to 1000000")]
    [InlineData("--temperature", "hot", "--temperature is 'hot', expected a number from 0 to 100")]
    [InlineData("--temperature", "-1", "--temperature is '-1', expected a number from 0 to 100")]
    [InlineData("--temperature", "NaN", "--temperature is 'NaN', expected a number from 0 to 100")]
    public void Values_out_of_range_are_named(string option, string value, string message) => CommandLine.Run("eval", run.Folder, option, value).Failed(
        ExitCode.BadInput,
        $"proximal: {message}",
        "help: see `proximal eval --help`");

    [Fact]
    public void Generates_the_same_text_for_a_run_and_its_model()
    {
        string fromRun = CommandLine.Run("generate", run.Folder, Prompt).Succeeded().Output;
        Assert.Equal(fromRun, CommandLine.Run("generate", Path.Combine(run.Folder, "model"), Prompt, "--tokens", "24").Succeeded().Output);
    }

    [Fact]
    public void Reads_prompts_from_the_standard_input()
    {
        CommandResult result = CommandLine.RunWithInput("1,2:9,3\n\n3,5:9,4\n", "generate", run.Folder, "--json").Succeeded();
        Assert.Equal(["1,2:9,3", "3,5:9,4"], result.JsonLines.Select(line => line.GetProperty("prompt").GetString()!));
    }

    [Fact]
    public void Samples_depend_on_the_seed_alone()
    {
        string[] Texts(string seed) => [.. CommandLine.Run("generate", run.Folder, Prompt, "--samples", "6", "--seed", seed, "--json").Succeeded()
            .JsonLines.Select(line => line.GetProperty("text").GetString()!)];

        Assert.Equal(Texts("1"), Texts("1"));
        Assert.NotEqual(Texts("1"), Texts("2"));
    }

    [Fact]
    public void A_character_that_the_model_does_not_know_is_bad_input() => CommandLine.Run("generate", run.Folder, "abc").Failed(
        ExitCode.BadInput,
        "proximal: The vocabulary has no character U+0061 (\"a\"), found at position 0.");

    [Fact]
    public void A_prompt_as_long_as_the_context_is_bad_input()
    {
        CommandResult result = CommandLine.Run("generate", run.Folder, new string('1', 100));
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith("proximal: The prompt has ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_run_or_model_is_bad_input()
    {
        string place = run.Place("nothing");
        CommandLine.Run("generate", place, Prompt).Failed(
            ExitCode.BadInput, $"proximal: {place}: neither a run nor a model; expected a folder with recipe.yaml, or with config.json.");
    }

    [Fact]
    public void A_damaged_model_is_bad_input()
    {
        string place = run.Place("damaged");
        Directory.CreateDirectory(place);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(run.Folder, "model")))
        {
            File.Copy(file, Path.Combine(place, Path.GetFileName(file)), overwrite: true);
        }

        File.WriteAllBytes(Path.Combine(place, "model.safetensors"), File.ReadAllBytes(Path.Combine(place, "model.safetensors"))[..100]);
        CommandResult result = CommandLine.Run("generate", place, Prompt);
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith("proximal: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Contains("model.safetensors", result.Error, StringComparison.Ordinal);
    }
}
