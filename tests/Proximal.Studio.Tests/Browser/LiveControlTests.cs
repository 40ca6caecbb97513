using Microsoft.Playwright;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Studio.Tests.Browser;

/// <summary>A run that takes commands is steered from the page.</summary>
public sealed class LiveControlTests(ChromiumBrowser chromium) : IClassFixture<ChromiumBrowser>
{
    [BrowserFact]
    public async Task A_live_run_is_paused_changed_and_stopped_with_its_token_alone()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        Recipe recipe = Recipe.Parse("""
            name: live
            workers: 1
            model: { layers: 1, width: 16, heads: 2, feed-forward: 32, context: 64 }
            task: { name: addition, difficulty: 1 }
            evaluation: { every: 0, prompts: 2 }
            policy: { steps: 1_000_000, prompts: 2, rollouts: 2, response-tokens: 4, objective: grpo }
            recording: { every: 0 }
            checkpoints: { every: 1_000_000 }
            """);
        using TrainingSession session = new(recipe, new RunFolder(Path.Combine(studio.Folder, "live")), live: new LiveOptions { Controls = true });
        using CancellationTokenSource end = new(TimeSpan.FromMinutes(3));
        Task training = Task.Run(() => session.Run(end.Token));
        (IPage page, List<string> faults) = await chromium.OpenAsync($"{studio.Address}#/controls?run=live");
        await page.GetByLabel("Token").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(page.Locator(".answer.bad")).ToContainTextAsync("token");
        await page.GetByLabel("Token").FillAsync(session.ControlToken!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToBeVisibleAsync();
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync("policy.optimizer.learning-rate");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("3e-4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set" }).ClickAsync();
        await Assertions.Expect(page.Locator("td").Filter(new() { HasText = "learning-rate" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop after this step" }).ClickAsync();
        await Assertions.Expect(page.Locator(".answer.good")).ToBeVisibleAsync();
        await training.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(faults);
    }
}
