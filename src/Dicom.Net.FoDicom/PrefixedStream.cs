namespace Dicom.Net.FoDicom;

/// <summary>Some bytes, and behind them what another stream has: so a data set gets a header without being copied.</summary>
internal sealed class PrefixedStream(byte[] prefix, Stream rest) : Stream
{
    private long _position;

    public override bool CanRead => rest.CanRead;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => prefix.Length + rest.Length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = _position < prefix.Length ? ReadPrefix(buffer) : ReadRest(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadPrefix(Span<byte> buffer)
    {
        var left = prefix.AsSpan((int)_position);
        var count = Math.Min(left.Length, buffer.Length);
        left[..count].CopyTo(buffer);
        return count;
    }

    private int ReadRest(Span<byte> buffer)
    {
        rest.Position = _position - prefix.Length;
        return rest.Read(buffer);
    }
}
