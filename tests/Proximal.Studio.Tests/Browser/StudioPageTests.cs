using Microsoft.Playwright;

namespace Proximal.Studio.Tests.Browser;

/// <summary>The pages in a real browser.</summary>
public sealed class StudioPageTests(ChromiumBrowser chromium) : IClassFixture<ChromiumBrowser>
{
    private const string Hostile = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">\u0000\u0007\u001b[31m\u202Eright to left\u202C אבג";

    [BrowserFact]
    public async Task Runs_are_filtered_sorted_grouped_chosen_and_compared_with_the_keyboard()
    {
        await using TestStudio studio = await TestStudio.StartAsync(Fill);
        (IPage page, List<string> faults) = await chromium.OpenAsync($"{studio.Address}");
        await Assertions.Expect(page.Locator("tr.run")).ToHaveCountAsync(5);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("dapo seed=2");
        await Assertions.Expect(page.Locator("tr.run")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("input[type=search]").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reward" }).ClickAsync();
        await Assertions.Expect(page.Locator("tr.run .run-name").First).ToHaveTextAsync("dapo-2");
        await page.Locator("select[aria-label='Group by']").SelectOptionAsync("policy.objective");
        await Assertions.Expect(page.Locator("tr.group")).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator(".selection")).ToContainTextAsync("2 chosen");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("dialog.keys")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Link, new() { Name = "Diff recipes" }).ClickAsync();
        await Assertions.Expect(page.Locator("table.diff")).ToContainTextAsync("seed");
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task Curves_of_several_runs_lie_over_each_other_zoom_and_are_exported()
    {
        await using TestStudio studio = await TestStudio.StartAsync(Fill);
        (IPage page, List<string> faults) = await chromium.OpenAsync($"{studio.Address}#/curves?runs=grpo-1,grpo-2,dapo-1,dapo-2&metrics=reward/mean,policy/entropy");
        await Assertions.Expect(page.Locator(".legend-item")).ToHaveCountAsync(4);
        await Assertions.Expect(page.Locator("section.chart")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".summary")).ToContainTextAsync("4 runs, 1\u2009600 points");
        Assert.True(await PaintedAsync(page) > 500, "the curves are drawn");
        await page.GetByLabel("Bands over seeds").CheckAsync();
        ILocator canvas = page.Locator(".chart canvas").First;
        await canvas.HoverAsync();
        await Assertions.Expect(page.Locator(".chart .tip").First).ToContainTextAsync("mean of 2");
        LocatorBoundingBoxResult box = (await canvas.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 120, box.Y + 80);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 220, box.Y + 90, new MouseMoveOptions { Steps = 4 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Whole range" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Whole range" })).ToBeHiddenAsync();
        await page.GetByLabel("Export reward/mean").ClickAsync();
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = "SVG" }).First.ClickAsync());
        string svg = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
        Assert.Contains("<path", svg, StringComparison.Ordinal);
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task Hostile_rollouts_are_shown_as_text_and_break_nothing()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder => new TestRun(folder, "run")
            .Metrics(3, _ => 1)
            .Rollouts(1, Hostile + new string('ل', 300), [[Hostile, " a", " b"], [new string('m', 1_000_000)], ["fine"]], [["<b>observed</b>"], ["then"]]));
        (IPage page, List<string> faults) = await chromium.OpenAsync($"{studio.Address}#/rollouts?run=run&color=entropy");
        await Assertions.Expect(page.Locator(".path")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator(".prompt-body")).ToContainTextAsync("<script>document.title='taken'</script>");
        await Assertions.Expect(page.Locator(".prompt-body")).ToContainTextAsync("\u2400\u2407\u241b[31m⟨202E⟩right to left⟨202C⟩");
        Assert.DoesNotContain("taken", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator(".page img, .page script, .page b:text-is('observed')").CountAsync());
        Assert.True(await page.EvaluateAsync<int>("document.body.textContent.length") < 60_000, "a megabyte line is cut");
        await page.Locator(".tokens .link:visible").First.ClickAsync();
        Assert.Equal("isolate", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.tok bdi')).unicodeBidi"));
        Assert.True(await NoSidewaysAsync(page));
        await page.Locator(".path .tok").Nth(1).HoverAsync();
        await Assertions.Expect(page.Locator(".token-tip")).ToContainTextAsync("entropy");
        await page.Locator(".tokens").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator(".tok.at")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".origin-environment")).ToContainTextAsync("<b>observed</b>");
        await page.Locator("aside select").First.SelectOptionAsync("right");
        await Assertions.Expect(page.Locator(".path")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("<script>");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".hit").First).ToContainTextAsync("<script>");
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task Every_page_fits_a_telephone_in_the_dark()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder =>
        {
            Fill(folder);
            new TestRun(folder, new string('w', 90)).Metrics(5, _ => 1).Rollouts(1, new string('x', 500), [new string('y', 500)], ["z"]);
        });
        (IPage page, List<string> faults) = await chromium.OpenAsync($"{studio.Address}", 390, 844, ColorScheme.Dark);
        await Assertions.Expect(page.Locator("tr.run")).ToHaveCountAsync(6);
        Assert.Equal("rgb(14, 17, 23)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        string run = new('w', 90);
        foreach (string place in (string[])["runs", "curves", $"rollouts?run={run}", $"doctor?run={run}", $"objective?run={run}", $"recipe?run={run}", $"recipe?run={run}&with=grpo-1", $"controls?run={run}"])
        {
            await page.EvaluateAsync($"location.hash = '#/{place}'");
            await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("[aria-busy]")).ToHaveCountAsync(0);
            Assert.True(await NoSidewaysAsync(page), $"{place} scrolls sideways");
        }

        await page.GetByLabel("Theme: system").ClickAsync();
        Assert.Equal("rgb(247, 248, 250)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task Empty_missing_and_damaged_are_told_in_words()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        (IPage page, List<string> faults) = await chromium.OpenAsync($"{studio.Address}");
        await Assertions.Expect(page.Locator(".empty h2")).ToHaveTextAsync("No runs yet");
        new TestRun(studio.Folder, "broken").Write("recipe.yaml", "a: [1\n");
        await Assertions.Expect(page.Locator(".fault-line")).ToContainTextAsync("recipe.yaml");
        await page.EvaluateAsync("location.hash = '#/rollouts?run=nobody'");
        await Assertions.Expect(page.Locator(".empty h2")).ToHaveTextAsync("No run here");
        await page.EvaluateAsync("location.hash = '#/objective?run=broken'");
        await Assertions.Expect(page.Locator(".fault-box")).ToBeVisibleAsync();
        Assert.DoesNotContain(faults, fault => !fault.Contains("status of 4", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task A_report_opens_from_the_disk()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        Fill(folder.FullName);
        string path = Path.Combine(folder.FullName, "report.html");
        await File.WriteAllTextAsync(path, StudioReport.Create([folder.FullName]));
        (IPage page, List<string> faults) = await chromium.OpenAsync(new Uri(path).AbsoluteUri);
        await Assertions.Expect(page.Locator("tr.run")).ToHaveCountAsync(5);
        await page.EvaluateAsync("location.hash = '#/curves?runs=grpo-1,dapo-1&metrics=reward/mean&smoothing=0.9&bands=1'");
        await Assertions.Expect(page.Locator("section.chart")).ToHaveCountAsync(1);
        Assert.True(await PaintedAsync(page) > 200, "the curves are drawn");
        await page.EvaluateAsync("location.hash = '#/rollouts?run=grpo-1'");
        await Assertions.Expect(page.Locator(".path")).ToHaveCountAsync(2);
        await page.EvaluateAsync("location.hash = '#/doctor?run=grpo-1'");
        await Assertions.Expect(page.Locator(".findings")).Not.ToBeEmptyAsync();
        await page.EvaluateAsync("location.hash = '#/objective?run=grpo-1'");
        await Assertions.Expect(page.Locator(".page-objective")).ToContainTextAsync("advantage");
        Assert.Empty(faults);
        folder.Delete(recursive: true);
    }

    [BrowserFact]
    public async Task A_run_of_ten_thousand_steps_is_painted_at_once()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder => new TestRun(folder, "long").Metrics(10_000, step => Math.Sin(step)));
        (IPage page, _) = await chromium.OpenAsync($"{studio.Address}#/curves?runs=long");
        await Assertions.Expect(page.Locator(".summary")).ToContainTextAsync("points");

        // The number is for people who measure; what must hold on any machine is that little is sent.
        double paint = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0");
        Assert.True(paint > 0);
        double bytes = await page.EvaluateAsync<double>("performance.getEntriesByType('resource').filter(r => r.name.includes('/metrics')).reduce((sum, r) => sum + r.decodedBodySize, 0)");
        Assert.InRange(bytes, 1_000, 600_000);
    }

    private static void Fill(string folder)
    {
        for (int seed = 1; seed <= 2; seed++)
        {
            int shift = seed;
            new TestRun(folder, FormattableString.Invariant($"grpo-{seed}"), seed).Metrics(200, step => 0.3 + (0.0005 * step) + (0.05 * Math.Sin(step * shift))).Rollouts(10, "1+1=?", ["2"], ["3"]);
            new TestRun(folder, FormattableString.Invariant($"dapo-{seed}"), seed, "dapo").Metrics(200, step => 0.4 + (0.001 * step * shift)).Rollouts(10, "1+1=?", ["2"], ["3"]);
        }

        new TestRun(folder, "damaged").Write("recipe.yaml", "a: [1\n");
    }

    /// <summary>Pixels of the first picture that are neither ground nor grid.</summary>
    private static Task<int> PaintedAsync(IPage page) => page.EvaluateAsync<int>("""
        async () => {
          for (let i = 0; i < 50; i++) {
            const canvas = document.querySelector('.chart canvas');
            if (canvas && canvas.width > 0) {
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              let colored = 0;
              for (let p = 0; p < data.length; p += 4) {
                colored += Math.max(data[p], data[p + 1], data[p + 2]) - Math.min(data[p], data[p + 1], data[p + 2]) > 40 ? 1 : 0;
              }
              if (colored > 200) {
                return colored;
              }
            }
            await new Promise((done) => setTimeout(done, 100));
          }
          return 0;
        }
        """);

    private static Task<bool> NoSidewaysAsync(IPage page) => page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth");
}
