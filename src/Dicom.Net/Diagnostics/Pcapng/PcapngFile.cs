using System.Buffers;

namespace Dicom.Net.Diagnostics;

/// <summary>The files of a trace: one that is written, and older ones, as many as are kept.</summary>
internal sealed class PcapngFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly PcapngTraceOptions _options;
    private readonly ArrayBufferWriter<byte> _blocks = new(128 * 1024);
    private FileStream _file;
    private long _length;
    private long _packets;

    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public PcapngFile(string path, PcapngTraceOptions options)
    {
        (_path, _options) = (path, options);
        if (File.Exists(path))
        {
            // The trace of an earlier run, maybe of the one that crashed.
            MoveAside();
        }

        _file = Create();
    }

    /// <summary>The bytes that have been put in and not yet written.</summary>
    public int Unwritten => _blocks.WrittenCount;

    /// <summary>Puts a packet in; <see cref="WriteAsync"/> writes it.</summary>
    public async ValueTask AddAsync(CapturedSegment segment, long dropped)
    {
        var length = TcpPacket.HeadersSize(segment.From) + segment.Length;
        var blockLength = PcapngBlocks.PacketBlockLength(length, segment.DroppedBefore > 0);
        if (_packets > 0 && _length + _blocks.WrittenCount + blockLength > _options.MaximumFileLength)
        {
            await BeginNextAsync(segment.Time, dropped).ConfigureAwait(false);
        }

        _packets++;
        TcpPacket.Write(segment, PcapngBlocks.BeginPacket(_blocks, segment.Time, length, segment.DroppedBefore));
    }

    /// <summary>Writes what was put in, so that whoever reads the file sees it.</summary>
    public async ValueTask WriteAsync()
    {
        var bytes = _blocks.WrittenMemory;
        _length += bytes.Length;
        await _file.WriteAsync(bytes).ConfigureAwait(false);
        await _file.FlushAsync().ConfigureAwait(false);
        _blocks.ResetWrittenCount();
    }

    /// <summary>Ends the file with what was counted.</summary>
    public async ValueTask EndAsync(DateTimeOffset time, long dropped)
    {
        PcapngBlocks.WriteStatistics(_blocks, time, _packets + dropped, dropped);
        await WriteAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private async ValueTask BeginNextAsync(DateTimeOffset time, long dropped)
    {
        await EndAsync(time, dropped).ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
        MoveAside();
        _file = Create();
    }

    /// <summary>Keeps the last file, if so many are kept, and begins none in its place: a new one is to have its own rights.</summary>
    private void MoveAside()
    {
        for (var age = _options.MaximumFiles - 1; age > 0; age--)
        {
            var younger = PathOf(age - 1);
            if (File.Exists(younger))
            {
                File.Move(younger, PathOf(age), overwrite: true);
            }
        }

        File.Delete(_path);
    }

    /// <summary>The name of a file that so many have followed.</summary>
    private string PathOf(int age) => age == 0 ? _path : Path.ChangeExtension(_path, $".{age}{Path.GetExtension(_path)}");

    private FileStream Create()
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            // It may tell of patients: nobody else's business.
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(_path, how);
        (_length, _packets) = (0, 0);
        PcapngBlocks.WriteBeginning(_blocks, $"Dicom.Net {Instruments.Version}");
        return file;
    }
}
