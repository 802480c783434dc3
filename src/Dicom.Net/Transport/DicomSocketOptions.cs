namespace Dicom.Net;

/// <summary>
/// Options of a connection's TCP socket. Those of <see cref="DicomNet.GetDefaultSocketOptions"/> hold for every object that has none of its
/// own, in <see cref="DicomNetOptions.Socket"/> or <see cref="DicomNet.SocketOptions"/>. Connecting takes those of the object that connects,
/// a connection that is accepted those of its listener, when it began to listen.
/// </summary>
public sealed record DicomSocketOptions
{
    /// <summary>What Linux allows (TCP_KEEPIDLE, TCP_KEEPINTVL): 32767 seconds.</summary>
    private const int LongestKeepAlive = short.MaxValue;

    /// <summary>What Linux allows (TCP_KEEPCNT).</summary>
    private const int MostKeepAliveProbes = sbyte.MaxValue;

    /// <summary>
    /// Whether small segments go out at once (TCP_NODELAY). Default true: without it, Nagle's algorithm and a peer's delayed acknowledgement
    /// together cost up to 40 ms for each message.
    /// </summary>
    public bool NoDelay { get; set; } = true;

    /// <summary>
    /// The size of the system's buffer for sending, in bytes (SO_SNDBUF). Default 0: the system's own, which today's systems fit to the
    /// connection; a size that is set is fixed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int SendBufferSize { get; set => field = Require(value, int.MaxValue, nameof(SendBufferSize)); }

    /// <summary>The size of the system's buffer for receiving, in bytes (SO_RCVBUF); else as <see cref="SendBufferSize"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int ReceiveBufferSize { get; set => field = Require(value, int.MaxValue, nameof(ReceiveBufferSize)); }

    /// <summary>
    /// Whether the system asks a silent peer now and then whether it is still there (SO_KEEPALIVE), and ends the connection if not. Default
    /// true: a peer that was switched off says no word, and who awaits its answer would wait for ever. Where a firewall forgets idle connections,
    /// make <see cref="KeepAliveIdle"/> shorter than its patience.
    /// </summary>
    public bool KeepAlive { get; set; } = true;

    /// <summary>The seconds of silence before it asks, 1 to 32767. Default 0: the system's, usually 2 hours.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int KeepAliveIdle { get; set => field = Require(value, LongestKeepAlive, nameof(KeepAliveIdle)); }

    /// <summary>The seconds between its questions, 1 to 32767. Default 0: the system's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int KeepAliveInterval { get; set => field = Require(value, LongestKeepAlive, nameof(KeepAliveInterval)); }

    /// <summary>After how many questions without an answer it gives up, 1 to 127. Default 0: the system's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int KeepAliveCount { get; set => field = Require(value, MostKeepAliveProbes, nameof(KeepAliveCount)); }

    /// <summary>
    /// Of a listener: whether other processes of the same user may listen on its addresses and port, all with this option (SO_REUSEPORT): the system
    /// then gives each new connection to one of them. Default false. Linux alone. What waits in the queue of one that ends is lost: for a restart
    /// that loses nothing, have the socket from outside (<see cref="DicomNet.ListenActivated"/>), or a balancer before them.
    /// </summary>
    public bool SharesPort { get; set; }

    private static int Require(int value, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
        return value;
    }
}
