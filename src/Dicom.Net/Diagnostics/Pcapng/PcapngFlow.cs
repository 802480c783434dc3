using System.Buffers;
using System.Net;

namespace Dicom.Net.Diagnostics;

/// <summary>Blanks what must not be recorded, where it lies. It sees all bytes of its direction, in order.</summary>
internal delegate void ByteMask(Span<byte> bytes);

/// <summary>
/// One connection as a TCP conversation: handshake, segments with the sequence numbers they would have had, the end. Acknowledgments travel
/// with data alone.
/// </summary>
internal sealed class PcapngFlow
{
    /// <summary>The most that one segment carries (arbitrary; it fits an IP packet of 64 KiB).</summary>
    public const int LongestSegment = 32 * 1024;

    private readonly Lock _gate = new();
    private readonly PcapngTrace _trace;
    private readonly Direction _sent;
    private readonly Direction _received;
    private bool _isOver;

    public PcapngFlow(PcapngTrace trace, IPEndPoint local, IPEndPoint remote, ByteMask sent, ByteMask received)
    {
        _trace = trace;
        (local, remote) = OfOneFamily(local, remote);
        _sent = new(local, remote, sent);
        _received = new(remote, local, received);
    }

    /// <summary>The connection stands.</summary>
    public void TellOpened(DateTimeOffset time, bool isOpenedHere)
    {
        lock (_gate)
        {
            var (first, second) = isOpenedHere ? (_sent, _received) : (_received, _sent);
            Add(time, first, second, TcpFlags.Syn, takes: 1);
            Add(time, second, first, TcpFlags.Syn | TcpFlags.Ack, takes: 1);
            Add(time, first, second, TcpFlags.Ack, takes: 0);
        }
    }

    /// <summary>Bytes go out, or have come.</summary>
    public void TellData(DateTimeOffset time, bool isSent, ReadOnlySpan<byte> bytes)
    {
        var (from, to) = isSent ? (_sent, _received) : (_received, _sent);
        lock (_gate)
        {
            while (!bytes.IsEmpty && !_isOver)
            {
                var count = Math.Min(bytes.Length, LongestSegment);
                var array = ArrayPool<byte>.Shared.Rent(count);
                bytes[..count].CopyTo(array);
                from.Mask(array.AsSpan(0, count));
                Add(time, from, to, TcpFlags.Psh | TcpFlags.Ack, takes: (uint)count, array, count);
                bytes = bytes[count..];
            }
        }
    }

    /// <summary>One side sends nothing more. Once counts.</summary>
    public void TellEnd(DateTimeOffset time, bool isSent)
    {
        var (from, to) = isSent ? (_sent, _received) : (_received, _sent);
        lock (_gate)
        {
            if (!from.HasEnded && !_isOver)
            {
                from.HasEnded = true;
                Add(time, from, to, TcpFlags.Fin | TcpFlags.Ack, takes: 1);
                _isOver = to.HasEnded;
            }
        }
    }

    /// <summary>The connection is cut.</summary>
    public void TellReset(DateTimeOffset time, bool isSent)
    {
        var (from, to) = isSent ? (_sent, _received) : (_received, _sent);
        lock (_gate)
        {
            if (!_isOver)
            {
                _isOver = true;
                Add(time, from, to, TcpFlags.Rst | TcpFlags.Ack, takes: 0);
            }
        }
    }

    private void Add(DateTimeOffset time, Direction from, Direction to, TcpFlags flags, uint takes, byte[]? array = null, int length = 0)
    {
        var acknowledged = flags.HasFlag(TcpFlags.Ack) ? to.Next : 0;
        _trace.Add(new(time, from.Source, from.Destination, flags, from.Next, acknowledged) { Array = array, Length = length });

        // Also where it was left out: what follows lies behind it.
        from.Next += takes;
    }

    /// <summary>A dual-mode socket tells IPv4 addresses as IPv6 ones; on the wire they are IPv4.</summary>
    private static (IPEndPoint Local, IPEndPoint Remote) OfOneFamily(IPEndPoint local, IPEndPoint remote)
    {
        (local, remote) = (Unmapped(local), Unmapped(remote));
        return local.AddressFamily == remote.AddressFamily
            ? (local, remote)
            : (new(local.Address.MapToIPv6(), local.Port), new(remote.Address.MapToIPv6(), remote.Port));
    }

    private static IPEndPoint Unmapped(IPEndPoint endPoint) =>
        endPoint.Address.IsIPv4MappedToIPv6 ? new(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;

    private sealed class Direction(IPEndPoint source, IPEndPoint destination, ByteMask mask)
    {
        public IPEndPoint Source => source;

        public IPEndPoint Destination => destination;

        public ByteMask Mask => mask;

        /// <summary>The next sequence number; wraps.</summary>
        public uint Next { get; set; }

        public bool HasEnded { get; set; }
    }
}
