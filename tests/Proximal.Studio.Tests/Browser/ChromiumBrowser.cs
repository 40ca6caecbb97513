using Microsoft.Playwright;

namespace Proximal.Studio.Tests.Browser;

/// <summary>One browser for all tests; nothing is downloaded.</summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    private const int Patience = 30_000;

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Where Chromium is; null where there is none.</summary>
    public static string? Executable { get; } = ((string?[])[Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser"]).FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (Executable is not null)
        {
            // A busy machine is slow, not wrong.
            Assertions.SetDefaultExpectTimeout(Patience);
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
        }
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>Opens a page that collects the faults of its scripts.</summary>
    internal async Task<(IPage Page, List<string> Faults)> OpenAsync(string address, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light)
    {
        IBrowserContext context = await browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme, AcceptDownloads = true });
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        List<string> faults = [];
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("ERR_", StringComparison.Ordinal))
            {
                faults.Add(message.Text);
            }
        };
        page.Dialog += (_, dialog) =>
        {
            faults.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        await page.GotoAsync(address);
        return (page, faults);
    }
}
