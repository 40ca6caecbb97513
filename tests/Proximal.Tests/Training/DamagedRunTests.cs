using Proximal.Models;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Tensors.Safetensors;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>A run folder that others touched is refused in one line that names the file.</summary>
public sealed class DamagedRunTests
{
    private const string TinyPolicy = "objective: ppo\n  shaping: [ { name: kl, adaptive: true, coefficient: 0.04 } ]";

    private static readonly Recipe Tiny = TinyRuns.Recipe(TinyPolicy);

    [Theory]
    [InlineData("model.safetensors", "truncate", "5 bytes, expected at least 8")]
    [InlineData("model.safetensors", "shorten", "end beyond the file")]
    [InlineData("model.safetensors", "delete", "model.safetensors")]
    [InlineData("config.json", "truncate", "config.json")]
    [InlineData("config.json", "delete", "config.json")]
    [InlineData("optimizer.policy.safetensors", "delete", "optimizer")]
    [InlineData("optimizer.critic.safetensors", "shorten", "end beyond the file")]
    [InlineData("critic.safetensors", "delete", "critic")]
    [InlineData("critic.safetensors", "truncate", "5 bytes, expected at least 8")]
    [InlineData("trainer.json", "truncate", "not the state of a trainer")]
    [InlineData("trainer.json", "stage", "stage is 'Holiday', expected")]
    [InlineData("trainer.json", "step", "step is -3, expected 0 or more")]
    [InlineData("trainer.json", "logs", "logs.metrics is -1, expected 0 or more")]
    [InlineData("trainer.json", "components", "is not the state of UniformPrompts")]
    [InlineData("trainer.json", "state", "is not the state of KlReward")]
    public void A_damaged_checkpoint_is_refused(string file, string damage, string expected)
    {
        using TemporaryFolder folder = new();
        string checkpoint = Stop(folder.Path);
        string path = Path.Combine(checkpoint, file);
        Damage(path, damage);

        Exception exception = Assert.ThrowsAny<Exception>(() => TinyRuns.Train(Tiny, folder.Path));
        Assert.True(exception is IOException or InvalidDataException or SafetensorsException or ModelFormatException, exception.ToString());
        Assert.Contains(checkpoint, exception.Message, StringComparison.Ordinal);
        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void A_log_that_was_cut_is_refused()
    {
        using TemporaryFolder folder = new();
        Stop(folder.Path);
        Damage(new RunFolder(folder.Path).Metrics, "truncate");

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => TinyRuns.Train(Tiny, folder.Path));
        Assert.StartsWith(new RunFolder(folder.Path).Metrics, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seed=4", "'seed' is '3' in it and '4' now")]
    [InlineData("policy.shaping[0].coefficient=0.25", "'policy.shaping[0].coefficient' is '0.04' in it and '0.25' now")]
    [InlineData("policy.clipping={ name: none }", "'policy.clipping' is 'ppo' in it and 'none' now")]
    [InlineData("policy.regularizers=[ entropy ]", "'policy.regularizers[0]' is not there in it and 'entropy' now")]
    [InlineData("policy.correction=truncated", "'policy.correction' is 'none' in it and 'truncated' now")]
    [InlineData("evaluation.prompts=7", "'evaluation.prompts' is '6' in it and '7' now")]
    [InlineData("model={ checkpoint: there }", "'model.layers' is '1' in it and not there now")]
    public void Another_recipe_is_refused_with_the_key_that_differs(string change, string difference)
    {
        using TemporaryFolder folder = new();
        Stop(folder.Path);
        string before = File.ReadAllText(new RunFolder(folder.Path).Recipe);

        Recipe other = TinyRuns.Recipe(TinyPolicy, overrides: change);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => TinyRuns.Train(other, folder.Path));
        Assert.StartsWith($"{folder.Path}: holds a run of another recipe: {difference}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(new RunFolder(folder.Path).Recipe));
    }

    [Fact]
    public void A_stored_recipe_that_is_no_YAML_is_refused()
    {
        using TemporaryFolder folder = new();
        Stop(folder.Path);
        File.WriteAllText(new RunFolder(folder.Path).Recipe, "a: [");

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => TinyRuns.Train(Tiny, folder.Path));
        Assert.StartsWith(new RunFolder(folder.Path).Recipe, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_sessions_cannot_train_one_run()
    {
        using TemporaryFolder folder = new();
        using TrainingSession first = new(Tiny, new RunFolder(folder.Path));
        string atWork = folder.File("summary.json.abc.partial");
        File.WriteAllText(atWork, "of the first session");

        IOException exception = Assert.Throws<IOException>(() => new TrainingSession(Tiny, new RunFolder(folder.Path)));
        Assert.Contains("another process is training this run", exception.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(atWork));
        Assert.True(first.Run().Finished);
    }

    [Fact]
    public void What_a_killed_process_left_behind_is_removed()
    {
        using TemporaryFolder folder = new();
        string checkpoint = Stop(folder.Path);
        string[] leftovers = [checkpoint + ".partial", checkpoint + ".old.partial", Path.Combine(folder.Path, "checkpoints", "3-policy-0000009.partial")];
        Array.ForEach(leftovers, leftover => File.WriteAllText(Path.Combine(Directory.CreateDirectory(leftover).FullName, "trainer.json"), "{"));
        File.WriteAllText(folder.File("recipe.yaml.abc.partial"), "half");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder.File("model")).FullName, "model.safetensors.abc.partial"), "half");

        Assert.True(TinyRuns.Train(Tiny, folder.Path).Finished);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("file"), "");

        IOException exception = Assert.Throws<IOException>(() => TinyRuns.Train(Tiny, folder.File("file/run")));
        Assert.Contains("file/run", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void A_file_of_the_run_that_cannot_be_written_is_named()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(new RunFolder(folder.Path).Metrics);

        IOException exception = Assert.Throws<IOException>(() => TinyRuns.Train(Tiny, folder.Path));
        Assert.Contains(new RunFolder(folder.Path).Metrics, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Stops a run after the third step of its policy stage, and names its last checkpoint.</summary>
    private static string Stop(string folder)
    {
        using CancellationTokenSource stop = new();
        Recorder recorder = new(report => Stop(report, stop));
        using TrainingSession session = new(Tiny, new RunFolder(folder), recorder);
        Assert.False(session.Run(stop.Token).Finished);
        return Path.Combine(folder, "checkpoints", "3-policy-0000003");

        static void Stop(StepReport report, CancellationTokenSource source)
        {
            if (report is { Stage: TrainingStage.Policy, Step: 3 })
            {
                source.Cancel();
            }
        }
    }

    private static void Damage(string path, string damage)
    {
        switch (damage)
        {
            case "delete":
                File.Delete(path);
                break;
            case "truncate":
                Cut(path, 5);
                break;
            case "shorten":
                Cut(path, new FileInfo(path).Length - 3);
                break;
            default:
                (string from, string to) = damage switch
                {
                    "stage" => ("\"Policy\"", "\"Holiday\""),
                    "step" => ("\"step\": 3", "\"step\": -3"),
                    "logs" => ("\"metrics\": ", "\"metrics\": -1, \"unknown\": "),
                    "components" => ("\"component-", "\"other-"),
                    _ => ("\"coefficient\"", "\"confidence\""),
                };
                string text = File.ReadAllText(path);
                Assert.Contains(from, text, StringComparison.Ordinal);
                File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
                break;
        }
    }

    private static void Cut(string path, long length)
    {
        using FileStream stream = File.OpenWrite(path);
        stream.SetLength(length);
    }
}
