namespace Proximal.Cli.Tests;

/// <summary><c>proximal report</c> and <c>proximal studio</c>.</summary>
public sealed class ReportCommandTests(TrainedRun run) : IClassFixture<TrainedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Writes_runs_into_one_file()
    {
        string path = Path.Combine(folder.Path, "report.html");
        Assert.Equal([$"Wrote {path}"], CommandLine.Run("report", run.Folder, "--out", path).Succeeded().Lines);
        string html = File.ReadAllText(path);
        Assert.StartsWith("<!doctype html>", html, StringComparison.Ordinal);
        Assert.Contains("reward/mean", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_runs_is_told_so() =>
        CommandLine.Run("report", folder.Path).Failed(ExitCode.BadInput, $"proximal: {folder.Path}: no runs lie there.");

    [Fact]
    public void A_missing_file_is_told_by_its_path() =>
        CommandLine.Run("verify", folder.File("tree.json"), "--rules", folder.File("rules.yaml")).Failed(ExitCode.BadInput, $"proximal: {folder.File("tree.json")}: no such file.");

    [Fact]
    public void The_studio_needs_a_folder_that_is_there()
    {
        string missing = Path.Combine(folder.Path, "missing");
        CommandLine.Run("studio", missing).Failed(ExitCode.BadInput, $"proximal: {missing}: no such folder.");
    }

    [Fact]
    public void The_studio_needs_a_port_that_there_is() =>
        Assert.Contains("--port is '70000', expected a whole number from 0 to 65535", CommandLine.Run("studio", folder.Path, "--port", "70000").Error, StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();
}
