using System.Text;

namespace Proximal.Tools.Sandboxing;

/// <summary>What a process writes, up to a limit.</summary>
internal sealed class LimitedCapture(int characters)
{
    private readonly byte[] bytes = new byte[4 * characters];
    private int count;

    /// <summary>Reads to the end, or until the limit is passed.</summary>
    /// <param name="stream">What it writes to.</param>
    /// <param name="exceeded">Called once when there is more; the rest is not read.</param>
    public async Task FillAsync(Stream stream, Action exceeded)
    {
        byte[] buffer = new byte[4096];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            {
                int taken = Math.Min(read, bytes.Length - count);
                buffer.AsSpan(0, taken).CopyTo(bytes.AsSpan(count));
                Volatile.Write(ref count, count + taken);
                if (taken < read || Encoding.UTF8.GetCharCount(bytes, 0, count) > characters)
                {
                    exceeded();
                    return;
                }
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException)
        {
            // The process was killed; what it wrote before is what counts.
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string text = Encoding.UTF8.GetString(bytes, 0, Volatile.Read(ref count));
        return (text.Length > characters ? text[..characters] : text).TrimEnd('\n', '\r');
    }
}
