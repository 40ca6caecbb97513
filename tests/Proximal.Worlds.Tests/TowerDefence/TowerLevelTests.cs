using System.Text;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Worlds.Tests.TowerDefence;

public sealed class TowerLevelTests
{
    [Fact]
    public void Levels_are_written_and_read_back()
    {
        foreach (TowerLevel level in TowerLevels.All.Append(TowerLevels.L2.WithRules(new TowerRules { KnightPrice = 30, Growth = 1.5, Bat = new EnemyRules(31, 0.5, 9, 0, 1, Flying: true) }, 1.5)))
        {
            string json = TowerLevelWriter.ToJson(level);
            TowerLevel read = TowerLevelReader.Read(Encoding.UTF8.GetBytes(json), "level");
            Assert.Equal(level.Fingerprint, read.Fingerprint);
            Assert.Equal(json, TowerLevelWriter.ToJson(read));
            Assert.Equal(level.Rules, read.Rules);
        }
    }

    [Theory]
    [InlineData("\"money\": 220", "\"money\": -1", "money: -1, expected 0 to 100000")]
    [InlineData("\"lives\": 10", "\"lives\": \"ten\"", "lives: \"ten\", expected a whole number")]
    [InlineData("\"kind\": \"grunt\"", "\"kind\": \"dragon\"", "waves[0].enemies[0].kind: 'dragon', expected grunt, runner, brute, bat, shaman")]
    [InlineData("\"gap\": 1.5", "\"gap\": 1e9", "waves[0].gap: 1000000000, expected 0.1 to 100")]
    [InlineData("\"money\": 220", "\"monei\": 220", "monei: unknown key")]
    [InlineData("\"money\": 220", "\"money\": 220, \"money\": 1", "money: given twice")]
    [InlineData("[-3, 1.5]", "[-3, 9]", "paths[0][0].y: 9, expected -3 to 3")]
    [InlineData("[-3, 1.5]", "[-1, 1.5]", "paths[0][1]: (-1, 1.5) lies on the corner before it")]
    [InlineData("[-3, 1.5]", "[-3]", "paths[0][0]: a JSON Array, expected [x, y]")]
    [InlineData("\"name\": \"L1\"", "\"name\": \"L1\", \"rules\": {\"growth\": 9}", "rules.growth: 9, expected 1 to 4")]
    [InlineData("\"name\": \"L1\"", "\"name\": \"L1\", \"rules\": {\"decision-period\": 1.5}", "rules.decision-period: 1.5, expected a whole number")]
    [InlineData("proximal-tower-level-1", "other", "format: 'other', expected 'proximal-tower-level-1'")]
    [InlineData("{", "[", "not JSON")]
    public void What_is_wrong_is_named_in_one_line(string good, string bad, string expected)
    {
        string json = TowerLevelWriter.ToJson(TowerLevels.L1);
        Assert.Contains(good, json, StringComparison.Ordinal);
        int at = json.IndexOf(good, StringComparison.Ordinal);
        string broken = json[..at] + bad + json[(at + good.Length)..];
        TowerLevelException exception = Assert.Throws<TowerLevelException>(() => TowerLevelReader.Read(Encoding.UTF8.GetBytes(broken), "my.json"));
        Assert.StartsWith("my.json: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Large_files_are_refused_before_they_are_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, new string(' ', TowerLevelReader.LargestFile + 1));
            Assert.Contains("expected a level of at most", Assert.Throws<TowerLevelException>(() => TowerLevelReader.ReadFile(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_rule_can_be_set_to_its_bounds_and_played()
    {
        foreach (double share in (double[])[0, 1])
        {
            foreach (string name in RuleNames())
            {
                string json = TowerLevelWriter.ToJson(TowerLevels.L5);
                string value = share == 0 ? "-1" : "1e300";
                string broken = json.Replace("\"name\": \"L5\"", $"\"name\": \"L5\", \"rules\": {{\"{name}\": {value}}}", StringComparison.Ordinal);
                string message = Assert.Throws<TowerLevelException>(() => TowerLevelReader.Read(Encoding.UTF8.GetBytes(broken), "x")).Message;
                string[] range = message.Split("expected ")[1].Split(" to ");
                if (range.Length < 2)
                {
                    continue;
                }

                string good = broken.Replace($": {value}}}", $": {(share == 0 ? range[0] : range[1])}}}", StringComparison.Ordinal);
                if (name is "coin-seconds" or "coin-period" or "build-distance")
                {
                    // These have a rule together with another number besides.
                    continue;
                }

                TowerWorld world = new(TowerLevelReader.Read(Encoding.UTF8.GetBytes(good), name), 1);
                TowerExpert expert = new(0.3);
                expert.Begin(world, 1);
                while (world.Running && world.Decision < 60)
                {
                    world.Decide(expert.Choose(world));
                }
            }
        }
    }

    private static string[] RuleNames()
    {
        string json = TowerLevelWriter.ToJson(TowerLevels.L1).Replace("\"name\": \"L1\"", "\"name\": \"L1\", \"rules\": {\"x\": 1}", StringComparison.Ordinal);
        string message = Assert.Throws<TowerLevelException>(() => TowerLevelReader.Read(Encoding.UTF8.GetBytes(json), "x")).Message;
        return message.Split("expected each of ")[1].Replace(" at most once", "", StringComparison.Ordinal).Split(", ");
    }
}
