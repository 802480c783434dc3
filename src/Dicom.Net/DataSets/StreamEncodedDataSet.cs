namespace Dicom.Net.DataSets;

/// <summary>
/// An encoded data set that lies in a stream of the caller's, which stays the caller's: it is read piece by piece, and let go when the
/// caller says so, though somebody may still hold a share.
/// </summary>
internal sealed class StreamEncodedDataSet : EncodedDataSet
{
    private readonly Lock _gate;
    private readonly StreamEncodedDataSet? _whole;
    private readonly long _start;
    private Stream? _stream;

    /// <param name="stream">A stream that can seek; the data set, or the file, begins at its position.</param>
    /// <param name="transferSyntax">The transfer syntax.</param>
    /// <exception cref="ArgumentException">The stream cannot be read, or not from anywhere.</exception>
    public StreamEncodedDataSet(Stream stream, string transferSyntax)
        : base(transferSyntax)
    {
        if (!stream.CanRead || !stream.CanSeek)
        {
            throw new ArgumentException(
                "The stream must be readable and seekable: a data set's elements are looked up before it is sent. Copy it to a file first.",
                nameof(stream));
        }

        _gate = new();
        _stream = stream;
        _start = stream.Position;
        Length = stream.Length - _start;
    }

    private StreamEncodedDataSet(StreamEncodedDataSet whole, long offset, string transferSyntax)
        : base(transferSyntax)
    {
        _gate = whole._gate;
        _whole = whole;
        _start = offset;
        Length = whole.Length - offset;
    }

    public override long Length { get; }

    /// <summary>Called when nobody holds a share any more, of this or of <see cref="Rest"/>; on any thread.</summary>
    public Action? WhenReleased { get; init; }

    /// <summary>What lies behind an offset: the data set of a file, behind its File Meta Information.</summary>
    public StreamEncodedDataSet Rest(long offset, string transferSyntax) => new(this, offset, transferSyntax);

    /// <summary>The stream is not touched any more when this returns.</summary>
    public void LetGo()
    {
        lock (_gate)
        {
            _stream = null;
        }
    }

    public override int Read(long offset, Span<byte> destination)
    {
        if (_whole is not null)
        {
            return _whole.Read(_start + offset, destination);
        }

        int wanted = (int)Math.Clamp(Length - offset, 0, destination.Length);
        lock (_gate)
        {
            Stream stream = _stream ?? throw new DataSetException("The stream of the data set is not to be read any more.");
            stream.Position = _start + offset;
            return stream.Read(destination[..wanted]);
        }
    }

    protected override void Dispose(bool disposing)
    {
        (_whole ?? this).WhenReleased?.Invoke();
        base.Dispose(disposing);
    }
}
