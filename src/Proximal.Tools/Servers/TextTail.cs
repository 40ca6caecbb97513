namespace Proximal.Tools.Servers;

/// <summary>The end of what a process said, on one line. Reading on keeps the process from waiting for a reader.</summary>
internal sealed class TextTail(int limit)
{
    private readonly Lock gate = new();
    private string tail = "";

    /// <summary>Reads to the end.</summary>
    public async Task FillAsync(TextReader reader)
    {
        char[] buffer = new char[1024];
        try
        {
            for (int count; (count = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            {
                lock (gate)
                {
                    tail += new string(buffer, 0, count);
                    tail = tail[Math.Max(0, tail.Length - limit)..];
                }
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException)
        {
            // The process is gone, and its last words are what was read.
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (gate)
        {
            return string.Join(' ', tail.Split(['\n', '\r', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
