using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Diagnostics;

/// <summary>
/// A pcapng file of associations, which Wireshark and tshark open: each connection is a TCP conversation in it, as somebody on the wire would
/// have recorded it; of a TLS connection, what was in it. Connections come to it by a <c>PcapngPduLayer</c>.
/// </summary>
/// <remarks>
/// <para>It is written beside the associations: what is to be recorded is copied and queued, and where the queue is full, left out; the file and
/// <see cref="Dropped"/> say how much.</para>
/// <para>User identities are blanked. Data sets are not, unless <see cref="PcapngTraceOptions.MasksDataSets"/> is set: such a file has patients'
/// data in it. On Unix only its owner may read it.</para>
/// <para>All members may be called from any thread.</para>
/// </remarks>
public sealed class PcapngTrace : IAsyncDisposable
{
    /// <summary>As much is put together for one write (arbitrary).</summary>
    private const int WriteSize = 256 * 1024;

    private readonly PcapngTraceOptions _options;
    private readonly ILogger _log;
    private readonly PcapngFile _file;
    private readonly Channel<CapturedSegment> _queue =
        Channel.CreateUnbounded<CapturedSegment>(new() { SingleReader = true });

    private readonly Task _writing;
    private long _queued;
    private long _dropped;
    private long _toldDropped;
    private int _disposed;

    /// <summary>Creates the file, and begins to write.</summary>
    /// <param name="path">The file; one that is there is overwritten.</param>
    /// <param name="options">Room, and what is left out; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path is empty, or an option out of range.</exception>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be created.</exception>
    public PcapngTrace(string path, PcapngTraceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _options = options ?? new();
        _options.Validate();
        _log = new ForgivingLog(_options.LoggerFactory.CreateLogger("Dicom.Net"));
        _file = new(Path.GetFullPath(path), _options);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Packets that were left out, since too much waited to be written, or since the file could not be.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    internal bool MasksDataSets => _options.MasksDataSets;

    /// <summary>Writes what waits, and ends the file. What connections still do is not recorded.</summary>
    /// <returns>A task that ends with the file.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _queue.Writer.TryComplete();
        }

        await _writing.ConfigureAwait(false);
    }

    /// <summary>Queues a segment; its array is the callee's.</summary>
    internal void Add(CapturedSegment segment)
    {
        var size = SizeOf(segment);
        if (Interlocked.Add(ref _queued, size) > _options.MaximumQueuedBytes)
        {
            Interlocked.Add(ref _queued, -size);
            Drop(segment);
            return;
        }

        if (!_queue.Writer.TryWrite(segment with { DroppedBefore = TakeUntold() }))
        {
            // It has been disposed of: nothing is missing from the file.
            Release(segment);
        }
    }

    /// <summary>With what its headers take, and its place in the queue: arbitrary.</summary>
    private static int SizeOf(in CapturedSegment segment) => segment.Length + 256;

    private long TakeUntold()
    {
        var dropped = Dropped;
        return dropped - Interlocked.Exchange(ref _toldDropped, dropped);
    }

    private void Drop(in CapturedSegment segment)
    {
        Release(segment);
        if (Interlocked.Increment(ref _dropped) == 1)
        {
            TraceLog.PacketsDropped(_log, _options.MaximumQueuedBytes);
        }
    }

    private static void Release(in CapturedSegment segment)
    {
        if (segment.Array is { } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private async Task WriteAllAsync()
    {
        try
        {
            await using (_file.ConfigureAwait(false))
            {
                var last = DateTimeOffset.UnixEpoch;
                while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
                {
                    last = await WriteQueuedAsync(last).ConfigureAwait(false);
                }

                await _file.EndAsync(last, Dropped).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            TraceLog.NotWritten(_log, error);
            await DropRestAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<DateTimeOffset> WriteQueuedAsync(DateTimeOffset last)
    {
        while (_queue.Reader.TryRead(out var segment))
        {
            Interlocked.Add(ref _queued, -SizeOf(segment));
            await _file.AddAsync(segment, Dropped).ConfigureAwait(false);
            Release(segment);
            last = segment.Time;
            if (_file.Unwritten >= WriteSize)
            {
                break;
            }
        }

        await _file.WriteAsync().ConfigureAwait(false);
        return last;
    }

    /// <summary>The disk is full, say: associations go on, and what they do is counted as left out.</summary>
    private async Task DropRestAsync()
    {
        await foreach (var segment in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            Interlocked.Add(ref _queued, -SizeOf(segment));
            Drop(segment);
        }
    }
}
