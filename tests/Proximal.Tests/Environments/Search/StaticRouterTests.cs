using System.Globalization;
using Proximal.Environments;
using Proximal.Environments.Search;
using Proximal.Tasks;
using Proximal.Tasks.Knowledge;
using Proximal.Worlds.Routing;
using Xunit.Abstractions;

namespace Proximal.Tests.Environments.Search;

/// <summary>Scripted agents that word every sub-question rightly and route by a fixed rule, on the problems of the recipe.</summary>
public sealed class StaticRouterTests(ITestOutputHelper output)
{
    private const int Problems = 200;

    [Fact]
    public void Asking_all_answers_as_well_as_the_right_one_alone_at_three_times_the_retrievals()
    {
        RoutedTaskOptions options = new();
        RoutedTask task = new(options with
        {
            World = options.World with { World = options.World.World with { Entities = 40, Results = 1, SnippetTokens = 10, Fillers = 0, IncomingShare = 0 }, Rows = 1, HopShares = [1, 1], DuplicateShare = 0.1 },
        });
        Dictionary<Router, (double Right, double Retrievals, double Wasted, double Cost)> seen = [];
        foreach (Router router in Enum.GetValues<Router>())
        {
            RoutedEnvironment environment = new(new RoutedEnvironmentOptions { Router = router, Recover = false });
            double right = 0, retrievals = 0, steps = 0, wasted = 0, cost = 0;
            for (int i = 0; i < Problems; i++)
            {
                TaskInstance instance = task.Generate(TaskSplit.Test, i);
                IEpisode episode = environment.Begin(instance);
                foreach (string turn in environment.Demonstration(instance, ""))
                {
                    episode.Step(turn);
                }

                right += episode.Judge()!.Correct ? 1 : 0;
                retrievals += episode.Counters["retrievals"];
                steps += episode.Counters["gold-retrievals"];
                wasted += episode.Counters["wasted"];
                cost += episode.Counters["cost"];
            }

            seen[router] = (right / Problems, retrievals / steps, wasted / retrievals, cost / right);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{router}: {seen[router]}"));
        }

        Assert.Equal((1.0, 1.0, 0.0), (seen[Router.Schema].Right, seen[Router.Schema].Retrievals, seen[Router.Schema].Wasted));
        Assert.Equal(3, seen[Router.AskAll].Retrievals, 1e-9);
        Assert.InRange(seen[Router.AskAll].Right, 0.95, 1);
        Assert.True(seen[Router.AskAll].Cost > 2.5 * seen[Router.Schema].Cost);
        Assert.InRange(seen[Router.AlwaysText].Right, 0, 0.6);
        Assert.InRange(seen[Router.Random].Right, 0, 0.6);
    }
}
