using Microsoft.Playwright;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Studio.Tests.Browser;

/// <summary>A run that trains while the page is open.</summary>
public sealed class LiveRunTests(ChromiumBrowser chromium) : IClassFixture<ChromiumBrowser>
{
    [BrowserFact]
    public async Task A_run_that_trains_appears_and_moves_by_itself()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        (IPage page, List<string> faults) = await chromium.OpenAsync($"{studio.Address}");
        await Assertions.Expect(page.Locator(".empty h2")).ToHaveTextAsync("No runs yet");
        Task training = Task.Run(() => Train(Path.Combine(studio.Folder, "live")));
        await Assertions.Expect(page.Locator("tr.run .run-name")).ToHaveTextAsync("live");
        await page.EvaluateAsync("location.hash = '#/curves?runs=live&metrics=reward/mean'");
        await Assertions.Expect(page.Locator(".summary")).ToHaveTextAsync("1 run, 6 points", new() { Timeout = 60_000 });
        await training;
        await page.EvaluateAsync("location.hash = '#/rollouts?run=live'");
        await Assertions.Expect(page.Locator(".path").First).ToBeVisibleAsync();
        await page.EvaluateAsync("location.hash = '#/runs'");
        await Assertions.Expect(page.Locator(".state-finished")).ToHaveCountAsync(1);
        Assert.Empty(faults);
    }

    private static void Train(string folder)
    {
        Recipe recipe = Recipe.Parse("""
            name: live
            workers: 1
            model: { layers: 1, width: 16, heads: 2, feed-forward: 32, context: 64 }
            task: { name: addition, difficulty: 1 }
            evaluation: { every: 0, prompts: 4 }
            supervised: { steps: 2, batch: 4 }
            policy: { steps: 6, prompts: 2, rollouts: 2, response-tokens: 8, objective: grpo }
            recording: { every: 2, prompts: 1 }
            """);
        using TrainingSession session = new(recipe, new RunFolder(folder));
        session.Run();
    }
}
