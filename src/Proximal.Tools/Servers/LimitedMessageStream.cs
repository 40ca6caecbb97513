namespace Proximal.Tools.Servers;

/// <summary>Reads lines from a stream that nobody vouches for: a line beyond the limit is the end of it, so a reader that collects lines stays small.</summary>
internal sealed class LimitedMessageStream(Stream source, int limit) : Stream
{
    private long length;

    /// <summary>Whether a line was too long.</summary>
    public bool IsExceeded { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Check(buffer.AsSpan(offset, source.Read(buffer, offset, count)));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return Check(buffer.Span[..count]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The bytes that may be handed on: none any more once a line is too long.</summary>
    private int Check(ReadOnlySpan<byte> read)
    {
        int last = read.LastIndexOf((byte)'\n');
        int first = read.IndexOf((byte)'\n');
        IsExceeded |= length + (first < 0 ? read.Length : first) > limit;
        length = last < 0 ? length + read.Length : read.Length - last - 1;
        return IsExceeded ? 0 : read.Length;
    }
}
