namespace Proximal.Cli.Tests;

/// <summary>Tells when a line with a text is written.</summary>
internal sealed class WatchedWriter(string text, Action seen) : StringWriter
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.Contains(text, StringComparison.Ordinal) == true)
        {
            seen();
        }
    }
}
