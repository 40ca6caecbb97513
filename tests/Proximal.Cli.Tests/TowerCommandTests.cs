using System.Text.Json;
using Proximal.Cli.Tower;
using Proximal.Worlds.TowerDefence;
using Proximal.Worlds.TowerDefence.Games;

namespace Proximal.Cli.Tests;

public sealed class TowerCommandTests
{
    [Theory]
    [InlineData("tower")]
    [InlineData("tower", "play")]
    [InlineData("tower", "watch")]
    [InlineData("tower", "bench")]
    [InlineData("tower", "level")]
    public void Help_fits_eighty_columns(params string[] words) =>
        Assert.All(CommandLine.Run([.. words, "--help"]).Succeeded().Lines, line => Assert.True(line.Length <= 80, line));

    [Fact]
    public void The_bench_fits_eighty_columns_and_orders_agents()
    {
        CommandResult result = CommandLine.Run("tower", "bench", "--levels", "L1,L2", "--games", "3", "--errors").Succeeded();
        Assert.All(result.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Contains("masked-random", result.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(CommandLine.Run("tower", "bench", "--levels", "L1", "--agents", "idle,expert,expert:0.5", "--games", "2", "--json").Succeeded().Output);
        double[] scores = [.. json.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("score").GetDouble())];
        Assert.Equal([0, 100], scores[..2]);
        Assert.Equal("expert:0.5", json.RootElement.GetProperty("rows")[2].GetProperty("agent").GetString());
    }

    [Fact]
    public void A_game_is_saved_watched_and_drawn()
    {
        using TemporaryFolder folder = new();
        string game = Path.Combine(folder.Path, "game.jsonl"), gif = Path.Combine(folder.Path, "game.gif"), png = Path.Combine(folder.Path, "game.png");
        CommandLine.Run("tower", "watch", "L1", "--seed", "3", "--out", game).Succeeded();
        CommandResult watched = CommandLine.Run("tower", "watch", game).Succeeded();
        Assert.All(watched.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Contains("expert on L1, seed 3: won", watched.Output, StringComparison.Ordinal);
        CommandLine.Run("tower", "watch", game, "--out", gif).Succeeded();
        CommandLine.Run("tower", "watch", game, "--out", png).Succeeded();
        Assert.Equal("GIF"u8.ToArray(), File.ReadAllBytes(gif)[..3]);
        File.WriteAllText(game, "{}\n");
        Assert.Equal(ExitCode.BadInput, CommandLine.Run("tower", "watch", game).ExitCode);
    }

    [Fact]
    public void A_level_is_written_edited_and_played()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "mine.json");
        CommandLine.Run("tower", "level", "L2", "--out", file).Succeeded();
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"name\": \"L2\"", "\"name\": \"mine\"", StringComparison.Ordinal));
        Assert.Contains("level mine", CommandLine.Run("tower", "level", file).Succeeded().Output, StringComparison.Ordinal);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"lives\": 10", "\"lives\": 0", StringComparison.Ordinal));
        CommandResult refused = CommandLine.Run("tower", "level", file);
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains("mine.json: lives: 0, expected 1 to 10000", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, CommandLine.Run("tower", "level", "L9").ExitCode);
    }

    [Theory]
    [InlineData("--agents", "nobody")]
    [InlineData("--agents", "expert:2")]
    [InlineData("--agents", "endpoint")]
    [InlineData("--endpoint", "ftp://x", "--agents", "endpoint")]
    [InlineData("--endpoint", "http://localhost:1", "--agents", "endpoint", "--key-variable", "PROXIMAL_TEST_NOT_SET")]
    [InlineData("--games", "0")]
    [InlineData("--levels", "L7")]
    public void What_cannot_be_played_is_told_in_a_line(params string[] words)
    {
        CommandResult result = CommandLine.Run(["tower", "bench", .. words]);
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith("proximal: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_plays_by_lines()
    {
        using TemporaryFolder folder = new();
        string game = Path.Combine(folder.Path, "mine.jsonl");
        string input = "?\na b\nm d\nh 0 -1\nx\na\nw 99\nf !\n$\nu b\nH\nr 0 -1\np 0 0\ns z\n\n" + string.Concat(Enumerable.Repeat("w 60\n", 5));
        CommandResult result = CommandLine.RunWithInput(input, "tower", "play", "L1", "--out", game).Succeeded();
        Assert.All(result.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Contains("build-archer: done", result.Output, StringComparison.Ordinal);
        Assert.Contains("collect-coin: no-coin", result.Output, StringComparison.Ordinal);
        Assert.Contains("'x' is no command", result.Output, StringComparison.Ordinal);
        Assert.Contains("w is followed by a number", result.Output, StringComparison.Ordinal);
        Assert.Contains("score", result.Output, StringComparison.Ordinal);
        Assert.Equal("human", TowerGameReader.ReadFile(game).Agent);
        Assert.Contains("left the game", CommandLine.RunWithInput("q\n", "tower", "play").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_plays_by_keys()
    {
        TowerPlayer player = new(TowerLevels.L1, 1);
        Assert.All(player.Screen(), line => Assert.True(line.Length <= 80, line));
        Assert.True(player.Press(Key('?')));
        Assert.All(player.Screen(), line => Assert.True(line.Length <= 80, line));
        Assert.True(player.Press(new ConsoleKeyInfo('\t', ConsoleKey.Tab, false, false, false)));
        Assert.True(player.Press(new ConsoleKeyInfo('\0', ConsoleKey.RightArrow, false, false, false)));
        Assert.True(player.Press(Key('a')));
        Assert.Equal(TowerKind.Archer, player.World.Site(0).Kind);
        Assert.True(player.Press(new ConsoleKeyInfo('\t', ConsoleKey.Tab, false, false, false)));
        Assert.True(player.Press(Key('m')));
        Assert.Equal(TowerKind.Magician, player.World.Site(1).Kind);
        Assert.True(player.Press(new ConsoleKeyInfo(' ', ConsoleKey.Spacebar, false, false, false)));
        Assert.True(player.Press(Key('!')));
        Assert.True(player.Press(Key('z')));
        Assert.Equal(3, player.World.Decision);
        Assert.False(player.Press(Key('q')));

        static ConsoleKeyInfo Key(char character) => new(character, ConsoleKey.None, false, false, false);
    }
}
