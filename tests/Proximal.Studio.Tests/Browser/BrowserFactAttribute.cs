namespace Proximal.Studio.Tests.Browser;

/// <summary>A test in a real browser; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (ChromiumBrowser.Executable is null)
        {
            Skip = "There is no Chromium on this machine: neither /usr/bin/chromium nor the one that CHROMIUM names.";
        }
    }
}
