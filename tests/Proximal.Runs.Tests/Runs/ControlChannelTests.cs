using System.Security.Cryptography;
using System.Text;

namespace Proximal.Runs.Tests.Runs;

/// <summary>Commands reach a run with the right token alone, and nothing that lies in the folder harms it.</summary>
public sealed class ControlChannelTests
{
    private const string Token = "\"token\":\"";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_folder_holds_the_hash_of_the_token_for_its_owner_alone()
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        using ControlChannel channel = ControlChannel.Open(folder);
        string path = Path.Combine(folder.Controls, "token.sha256");

        Assert.Equal(64, channel.Token.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(channel.Token))) + "\n", File.ReadAllText(path));
        Assert.DoesNotContain(Directory.EnumerateFiles(place.Path, "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains(channel.Token, StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task A_command_is_taken_once_and_its_answer_comes_back()
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        using FileStream taken = folder.Take();
        using ControlChannel channel = ControlChannel.Open(folder);
        Task<ControlAnswer> answer = new RunControls(folder, channel.Token).SendAsync(RunCommand.Set, Patience, "policy.gradient-clip", "0.5");

        ControlChannel.ArrivedCommand command = Assert.Single(channel.Take());
        Assert.Empty(channel.Take());
        channel.Answer(command.Name, new ControlAnswer(true, "done it"));

        Assert.Equal((RunCommand.Set, "policy.gradient-clip", "0.5"), (command.Command, command.Key, command.Value));
        Assert.Equal(new ControlAnswer(true, "done it"), await answer);
        Assert.Equal(["token.sha256"], Directory.EnumerateFiles(folder.Controls).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_wrong_token_is_refused()
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        using FileStream taken = folder.Take();
        using ControlChannel channel = ControlChannel.Open(folder);
        Task<ControlAnswer> answer = new RunControls(folder, channel.Token[..^1] + "x").SendAsync(RunCommand.Stop, Patience);

        Assert.Empty(channel.Take());
        Assert.Equal(new ControlAnswer(false, "The token is wrong."), await answer);
    }

    [Theory]
    [InlineData("{", "The command cannot be read: ")]
    [InlineData("[]", "The command cannot be read: expected a JSON object")]
    [InlineData("{}", "The token is wrong.")]
    [InlineData("{\"token\":7}", "The token is wrong.")]
    [InlineData("{" + Token + "TOKEN\"}", "There is no such command, ")]
    [InlineData("{" + Token + "TOKEN\",\"command\":\"explode\"}", "There is no such command, ")]
    [InlineData("{" + Token + "TOKEN\",\"command\":\"\\uD800\"}", "")]
    public void Whatever_lies_in_the_folder_is_answered_and_does_nothing(string content, string message)
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        using ControlChannel channel = ControlChannel.Open(folder);
        File.WriteAllText(Path.Combine(folder.Controls, "a.json"), content.Replace("TOKEN", channel.Token, StringComparison.Ordinal));

        Assert.Empty(channel.Take());

        string answer = File.ReadAllText(Path.Combine(folder.Controls, "a.done.json"));
        Assert.StartsWith("{\"done\":false,\"message\":\"" + message, answer, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Controls, "a.json")));
    }

    [Fact]
    public void Large_files_are_not_read_and_answers_that_nobody_fetches_are_dropped()
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        using ControlChannel channel = ControlChannel.Open(folder);
        foreach (int number in Enumerable.Range(0, 300))
        {
            File.WriteAllText(Path.Combine(folder.Controls, $"{number:D4}.json"), number == 299 ? new string(' ', 20_000) : "{}");
        }

        for (int look = 0; look < 6; look++)
        {
            Assert.Empty(channel.Take());
        }

        Assert.Equal(256, Directory.GetFiles(folder.Controls, "*.done.json").Length);
        Assert.Contains("larger than 16384 bytes", File.ReadAllText(Path.Combine(folder.Controls, "0299.done.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listens_where_the_run_is_not_going_on_or_was_started_without_controls()
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        await Assert.ThrowsAsync<InvalidOperationException>(() => new RunControls(folder, "token").SendAsync(RunCommand.Pause, Patience));

        using (FileStream taken = folder.Take())
        {
            Assert.False(RunControls.AreOn(folder));
            using (ControlChannel.Open(folder))
            {
                Assert.True(RunControls.AreOn(folder));
            }

            Assert.False(RunControls.AreOn(folder));
        }
    }

    [Fact]
    public async Task A_command_that_is_not_taken_up_in_time_is_withdrawn()
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        using FileStream taken = folder.Take();
        using ControlChannel channel = ControlChannel.Open(folder);

        TimeoutException late = await Assert.ThrowsAsync<TimeoutException>(() => new RunControls(folder, channel.Token).SendAsync(RunCommand.Pause, TimeSpan.FromMilliseconds(1)));

        Assert.EndsWith("the command was withdrawn.", late.Message, StringComparison.Ordinal);
        Assert.Empty(channel.Take());
    }

    [Fact]
    public void Events_are_appended_after_the_last_whole_line()
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        RunEvent first = new(new RunPosition(TrainingStage.Policy, 3), RunCommand.Set, "policy.gradient-clip", "1", "0.5"), second = new(new RunPosition(TrainingStage.Policy, 4), RunCommand.Pause);
        RunEventLog.Append(folder, first);
        File.AppendAllText(folder.EventLog, "{\"stage\":");
        Assert.Equal([first], RunEventLog.Read(folder.EventLog));

        RunEventLog.Append(folder, second);

        Assert.Equal([first, second], RunEventLog.Read(folder.EventLog));
        Assert.True(RunEventLog.IsPaused(folder));
    }

    [Fact]
    public void A_damaged_event_is_told_with_file_and_line()
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        File.WriteAllText(folder.EventLog, "{\"stage\":\"policy\",\"step\":1,\"command\":\"dance\"}\n{\"stage\":\"policy\",\"step\":1,\"command\":\"stop\"}\n");

        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => RunEventLog.Read(folder.EventLog));

        Assert.StartsWith($"{folder.EventLog}:1: expected an object with stage", fault.Message, StringComparison.Ordinal);
    }
}
