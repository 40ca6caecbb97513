using Proximal.Environments;
using Proximal.Environments.TowerDefence;
using Proximal.Tasks;
using Proximal.Tasks.Games;

namespace Proximal.Tests.Environments.TowerDefence;

public sealed class TowerEnvironmentTests
{
    private static readonly TowerTask Task = new(new TowerTaskOptions());
    private static readonly TowerEnvironment Environment = new(new TowerEnvironmentOptions { Turns = 3 });

    [Fact]
    public void An_episode_has_as_many_decisions_as_turns_and_the_experts_are_valid()
    {
        for (int i = 0; i < 10; i++)
        {
            TaskInstance instance = Task.Generate(TaskSplit.Train, i);
            IEpisode episode = Environment.Begin(instance);
            IReadOnlyList<string> turns = Environment.Demonstration(instance, instance.Answer);
            Assert.Equal(instance.Answer, turns[0]);
            string? seen = null;
            foreach (string turn in turns)
            {
                seen = episode.Step(turn);
                Assert.True(seen is null || (seen.StartsWith(TowerLanguage.OpenObservation, StringComparison.Ordinal) && seen.EndsWith(TowerLanguage.CloseObservation, StringComparison.Ordinal)));
            }

            Assert.Null(seen);
            Assert.Equal(turns.Count, episode.Counters["decisions"]);
            Assert.Equal(0, episode.Counters["invalid"] + episode.Counters["malformed"]);
            Assert.True(episode.Judge()!.Score > 0);
        }
    }

    [Fact]
    public void What_cannot_be_read_is_answered_and_costs_the_turn()
    {
        IEpisode episode = Environment.Begin(Task.Generate(TaskSplit.Train, 1));
        Assert.StartsWith("<obs> invalid ", episode.Step("hello"), StringComparison.Ordinal);
        Assert.StartsWith("<obs> invalid ", episode.StepCut("<act> t1"), StringComparison.Ordinal);
        Assert.Null(episode.Step("<act> t0 x0 y0 </act>"));
        Assert.True(episode.IsExhausted);
        Assert.Equal(2, episode.Counters["malformed"]);
        Assert.Equal(0, episode.Judge()!.Score);
    }
}
