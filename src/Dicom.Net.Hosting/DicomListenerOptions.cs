using Microsoft.Extensions.Hosting;

namespace Dicom.Net.Hosting;

/// <summary>A listener as configuration states it: a section of <c>appsettings.json</c>, say. What cannot be bound is set on the builder.</summary>
/// <remarks>
/// Configuration writes times with colons, <c>00:00:20</c>: a number alone would be days (<see cref="TimeSpan.Parse(string)"/>), and is an error
/// when the host starts.
/// </remarks>
public sealed class DicomListenerOptions
{
    /// <summary>Where to listen, as <see cref="DicomNet.Listen(string, int, int, IpType)"/> takes it. Default "*": all addresses.</summary>
    public string Host { get; set; } = "*";

    /// <summary>The port, 0 to 65535; 0: the first free one. Default 11112, registered for DICOM (PS3.8 §9.1.2).</summary>
    public int Port { get; set; } = 11112;

    /// <summary>How many connections may wait to be accepted. Default 128.</summary>
    public int Backlog { get; set; } = 128;

    /// <summary>The families of addresses. Default: both.</summary>
    public IpType IpType { get; set; } = IpType.IPv4OrIPv6;

    /// <summary>The folder for received data sets that are too large for memory; null, the default: the system's temporary folder.</summary>
    public string? Folder { get; set; }

    /// <summary>This side's AE title: who calls another is rejected (1/1/7). Null, the default: any is answered to.</summary>
    public string? AETitle { get; set; }

    /// <summary>The AE titles that may call; others are rejected (1/1/3). None, the default: all may.</summary>
    public IList<string> CallingAETitles { get; } = [];

    /// <summary>
    /// The networks that connections may come from, as 192.0.2.0/24 or 2001:db8::/32, a single address as 192.0.2.1/32; others are closed at once.
    /// None, the default: they may come from everywhere. See <see cref="DicomAdmission.AllowedNetworks"/>.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>The networks that connections may not come from, though they lie in an allowed one.</summary>
    public IList<string> DeniedNetworks { get; } = [];

    /// <summary>
    /// The UIDs of the SOP classes that associations are accepted for, Verification besides; null or empty: those that the builder states
    /// (<see cref="DicomListenerBuilder.Supports"/>).
    /// </summary>
    public IList<string> SopClasses { get; } = [];

    /// <summary>How many associations there may be at once; null, the default: as <see cref="DicomNetLimits.MaximumAssociations"/> has it.</summary>
    public int? MaximumAssociations { get; set; }

    /// <summary>
    /// How many of them may be with one address; null, the default: as <see cref="DicomNetLimits.MaximumAssociationsPerAddress"/> has it. With
    /// <see cref="MaximumAssociations"/> alone one address may have them all, and everybody else is rejected (2/3/2).
    /// </summary>
    public int? MaximumAssociationsPerAddress { get; set; }

    /// <summary>
    /// How many of them may be with one calling AE title; null, the default: as <see cref="DicomNetLimits.MaximumAssociationsPerCallingTitle"/> has it.
    /// </summary>
    public int? MaximumAssociationsPerCallingTitle { get; set; }

    /// <summary>The largest data set that is taken, in bytes; null, the default: as <see cref="DicomNetLimits.MaximumDataSetLength"/> has it.</summary>
    public long? MaximumDataSetLength { get; set; }

    /// <summary>The largest received data set that is kept in memory, in bytes; see <see cref="DicomNetOptions.MemoryThreshold"/>.</summary>
    public int? MemoryThreshold { get; set; }

    /// <summary>How long an association may be idle; null, the default: as <see cref="DicomNetOptions.IdleTimeout"/> has it.</summary>
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>How long a call to a handler may take; null, the default: without limit. See <see cref="DicomHandlers.TimeLimit"/>.</summary>
    public TimeSpan? HandlerTimeLimit { get; set; }

    /// <summary>
    /// Whether the listener goes on listening while it stops, and rejects everybody (2/3/1), in place of freeing the port. False unless set.
    /// </summary>
    public bool RejectsWhileStopping { get; set; }

    /// <summary>
    /// How long the listener goes on as before when it begins to stop, its health check unhealthy and its <see cref="HealthPort"/> closed: until
    /// balancers have noticed. Default 0. It counts as a part of <see cref="HostOptions.ShutdownTimeout"/>, which has to be longer.
    /// </summary>
    public TimeSpan DrainDelay { get; set; }

    /// <summary>A port for balancers' TCP checks; null, the default: none. See <see cref="DicomNetOptions.HealthPort"/>.</summary>
    public int? HealthPort { get; set; }

    /// <summary>
    /// Whether the sockets come from the service manager, systemd's socket activation, in place of <see cref="Host"/> and <see cref="Port"/>. False
    /// unless set. See <see cref="DicomNet.ListenActivated"/>.
    /// </summary>
    public bool Activated { get; set; }

    /// <summary>The name of the activated sockets; null, the default: all there are.</summary>
    public string? SocketName { get; set; }

    /// <summary>Whether other processes may listen on the same port. False unless set. See <see cref="DicomSocketOptions.SharesPort"/>.</summary>
    public bool SharesPort { get; set; }

    /// <summary>That peers come through proxies, which tell their addresses; null, the default: they come themselves.</summary>
    public DicomListenerProxyOptions? ProxyProtocol { get; set; }

    /// <summary>The server's certificate; null, the default: connections are plain.</summary>
    public DicomListenerTlsOptions? Tls { get; set; }
}
