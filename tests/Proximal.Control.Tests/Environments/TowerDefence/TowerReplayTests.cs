using Proximal.Control.Environments;
using Proximal.Control.Environments.TowerDefence;
using Proximal.Control.Policies;
using Proximal.Control.Rendering;
using Proximal.Worlds.TowerDefence;
using Proximal.Worlds.TowerDefence.Games;

namespace Proximal.Control.Tests.Environments.TowerDefence;

public sealed class TowerReplayTests
{
    [Theory]
    [InlineData("game.gif")]
    [InlineData("game.svg")]
    public void A_game_is_recorded_as_it_was_played(string name)
    {
        using TemporaryFolder folder = new();
        TowerGame game = TowerGame.Play(new TowerExpert(), TowerLevels.L1, 3);
        RecordedEpisode recorded = TowerReplay.Record(game, folder.File(name), new RecordingOptions { Width = 96, Height = 112 });
        Assert.True(recorded.Finished);
        Assert.Equal(game.Moves.Count, recorded.Steps);
        Assert.Equal(game.Return, recorded.Return, 4);
        Assert.True(new FileInfo(folder.File(name)).Length > 1000);
    }

    [Fact]
    public void A_replay_keeps_its_place_in_copies()
    {
        TowerReplay replay = new(TowerGame.Play(new TowerExpert(), TowerLevels.L2, 3));
        float[] observation = new float[1], other = new float[1];
        replay.Reset(1, observation);
        for (int i = 0; i < 20; i++)
        {
            replay.Step([0], observation);
        }

        SingleEnvironment copy = replay.Clone();
        Assert.Equal(replay.Step([0], observation), copy.Step([0], other));
        Assert.Equal(observation, other);
        using StringWriter writer = new();
        copy.WriteText(writer);
        Assert.All(writer.ToString().Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
    }

    [Fact]
    public void Pictures_are_of_the_size_that_is_asked_for()
    {
        TowerWorld world = new(TowerLevels.L3);
        byte[] png = TowerImage.PixelsPng(world, 2);
        Assert.Equal(128, (png[18] << 8) | png[19]);
        Assert.StartsWith("<svg", TowerImage.Svg(world), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_of_other_spaces_does_not_play()
    {
        TowerMini environment = new(new TowerMiniOptions { Actions = TowerActionKind.Choices });
        using FirstLegalPolicy policy = new(environment.Specification);
        Assert.Throws<ArgumentException>(() => new TowerPolicyAgent("p", policy, new TowerMiniOptions()));
        TowerPolicyAgent agent = new("p", policy, new TowerMiniOptions { Actions = TowerActionKind.Choices });
        TowerGame game = TowerGame.Play(agent, TowerLevels.L1, 1);
        Assert.Equal(TowerOutcome.Lost, game.Outcome);
        Assert.All(game.Moves, move => Assert.Equal(TowerActionType.Nothing, move.Action.Type));
    }

    /// <summary>Chooses the first legal action.</summary>
    private sealed class FirstLegalPolicy(EnvironmentSpecification specification) : Policy(specification.Observations, specification.Actions)
    {
        public override IReadOnlyList<Tensors.Parameter> Parameters => [];

        public override string Kind => "first";

        public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions) => actions[0] = input.Masks.IndexOf(true);

        public override void WriteSettings(System.Text.Json.Utf8JsonWriter writer)
        {
        }
    }
}
