using System.Diagnostics.Metrics;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dicom.Net;

/// <summary>
/// What may be set on a <see cref="DicomNet"/> beyond LDicomNet's constructor: limits in time and room, who is let in, the clock, the log, the PDU
/// layer. An object is read when it is given to a <see cref="DicomNet"/>; it may be shared, and is not to be changed afterwards.
/// </summary>
public sealed record DicomNetOptions
{
    /// <summary>Where to log; nowhere by default. What a provider throws changes nothing but the log.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// Who makes the meter (<see cref="DicomTelemetry.MeterName"/>), as a host's services have one. Null, the default: the process has one meter,
    /// which all objects without a factory share.
    /// </summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>
    /// Whether the metrics of associations and operations bear the AE titles of both sides. False unless set: each pair makes time series of its
    /// own, and peers choose their titles; set it where <see cref="Admission"/> says who may come.
    /// </summary>
    public bool MetricsTellTitles { get; init; }

    /// <summary>The clock of every time limit.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What happens on a connection once it stands; by default the upper layer protocol of PS3.8 §9.</summary>
    public IPduLayer PduLayer { get; init; } = DicomPduLayer.Instance;

    /// <summary>
    /// How long to wait for a peer's connection attempt, its name's resolution included. Default 30 seconds (a precedent: DCMTK).
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// ARTIM (PS3.8 §9.1.5): how long a peer may take to ask for an association once it has connected, or to close the connection once
    /// the association is over. Default 30 seconds (a precedent: dcm4che and others use 5 to 60).
    /// </summary>
    public TimeSpan ArtimTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a whole PDU may take from its first byte. Default 60 seconds: 128 KiB at 2 KiB/s (arbitrary).</summary>
    public TimeSpan PduTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the peer may keep silent when it owes something: the rest of a message, the answer to an associate or release request.
    /// Default 60 seconds (arbitrary).
    /// </summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a peer may not read what is sent to it. Default 60 seconds (arbitrary).</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a whole received message may take from its first PDU; time in which this side does not read does not count. Default: no limit,
    /// since an honest instance of 10 GB takes hours on a slow line, and silence within it has a limit (<see cref="MessageTimeout"/>). When it
    /// expires, the association is aborted (2/0) and ends with <see cref="DicomExceptionCode.NetMessageTimeout"/>.
    /// </summary>
    public TimeSpan WholeMessageTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// How long an association may be idle: nothing is sent or received, and no operation of either side is under way. Then this side releases
    /// it, and it ends with <see cref="DicomExceptionCode.NetIdleTimeout"/>. Default 24 hours (arbitrary: longer than any shift. What is silent
    /// for longer has died without a word, and would stay for years). A request that crosses the release on its way is told, and cannot be
    /// answered any more (PS3.8 Table 9-10, Sta7): its sender has no acknowledgement, and may ask again on its next association.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether an idle association is aborted (2/0) rather than released. False unless set.</summary>
    public bool AbortsIdle { get; init; }

    /// <summary>
    /// How long a request of this side may wait for its response, or for the next one after a pending one, once it has gone out. Default: no
    /// limit (a precedent: DCMTK), since a C-MOVE may take hours. For a C-GET, each C-STORE request on its association counts as a pending response
    /// does, and it is not late while one arrives or waits for its answer. When it expires, the association is aborted (2/0) and ends with
    /// <see cref="DicomExceptionCode.NetResponseTimeout"/>: a response that comes too late could not be told from one to another request.
    /// </summary>
    public TimeSpan ResponseTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How much room peers may take.</summary>
    public DicomNetLimits Limits { get; init; } = new();

    /// <summary>Whom a listener lets in. Null, the default: everybody, and the application is asked about each association.</summary>
    public DicomAdmission? Admission { get; init; }

    /// <summary>That peers come to a listener through proxies, which tell their addresses. Null, the default: they come themselves.</summary>
    public DicomProxyProtocol? ProxyProtocol { get; init; }

    /// <summary>
    /// A second port of a listener, on the same addresses, for a balancer that looks whether this side is well: whoever connects there is accepted and
    /// closed at once. It is closed first when the listener ends (<see cref="DicomNet.CloseAsync(TimeSpan, bool, TimeSpan)"/>), so that the balancer
    /// sends its peers elsewhere while this side still serves them. 0: the first free one, see <see cref="DicomNet.HealthPort"/>. Null, the
    /// default: there is none.
    /// </summary>
    public int? HealthPort { get; init; }

    /// <summary>
    /// The largest received data set that is kept in memory, in bytes; a larger one goes to a file in the object's folder while it
    /// arrives. Default 1 MiB (arbitrary). 0: every data set goes to a file.
    /// </summary>
    public int MemoryThreshold { get; init; } = 1024 * 1024;

    /// <summary>Options of the sockets of this object; null, the default: the process's (<see cref="DicomNet.SetDefaultSocketOptions"/>).</summary>
    public DicomSocketOptions? Socket { get; init; }

    /// <summary>
    /// How connections are secured where the mode is <see cref="DicomNetSecurityMode.Tls"/>. Null: with the default options; a client object
    /// that a listener accepts then takes its listener's.
    /// </summary>
    public DicomTlsOptions? Tls { get; init; }

    /// <summary>
    /// Whether requests are sent and taken whatever roles were agreed on (PS3.7 §D.3.3.4). False unless set: then a request without the role
    /// is not sent, and one of the peer's is refused (0211H). For peers that forget role selection, in C-GET or storage commitment say.
    /// </summary>
    public bool AllowsUnagreedRoles { get; init; }

    /// <summary>Who serves the peer's requests that no event has answered. Null, the default: nobody; they get the default answer.</summary>
    public DicomHandlers? Handlers { get; init; }

    internal Instruments Instruments => Instruments.Of(MeterFactory);

    internal ILogger Log => new ForgivingLog(LoggerFactory.CreateLogger("Dicom.Net"));

    /// <exception cref="ArgumentException">A value is out of range; the message says which.</exception>
    internal void Validate()
    {
        Tls?.Validate();
        ProxyProtocol?.Validate();
        RequirePositive(ConnectTimeout, nameof(ConnectTimeout));
        RequirePositive(ArtimTimeout, nameof(ArtimTimeout));
        RequirePositive(PduTimeout, nameof(PduTimeout));
        RequirePositive(MessageTimeout, nameof(MessageTimeout));
        RequirePositive(SendTimeout, nameof(SendTimeout));
        RequirePositive(WholeMessageTimeout, nameof(WholeMessageTimeout));
        RequirePositive(IdleTimeout, nameof(IdleTimeout));
        RequirePositive(ResponseTimeout, nameof(ResponseTimeout));
        Limits.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(MemoryThreshold);
        ArgumentOutOfRangeException.ThrowIfNegative(HealthPort ?? 0, nameof(HealthPort));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HealthPort ?? 0, ushort.MaxValue, nameof(HealthPort));
    }

    internal AssociationOptions ToAssociationOptions(string? folder) => new()
    {
        Log = Log,
        Time = TimeProvider,
        ArtimTimeout = ArtimTimeout,
        PduTimeout = PduTimeout,
        MessageTimeout = MessageTimeout,
        SendTimeout = SendTimeout,
        WholeMessageTimeout = WholeMessageTimeout,
        IdleTimeout = IdleTimeout,
        AbortsIdle = AbortsIdle,
        MaximumPendingSends = Limits.MaximumQueuedMessages,
        PduLimits = new()
        {
            MaximumAssociateLength = (uint)Limits.MaximumAssociateLength,
            MaximumUnlimitedDataLength = (uint)Limits.MaximumUnannouncedLength,
            MaximumPresentationContexts = Limits.MaximumPresentationContexts,
        },
        DimseLimits = new() { MaximumCommandLength = Limits.MaximumCommandSetLength },
        AbortsOnDataSetLength = Limits.AbortsOnDataSetLength,
        Spool = new()
        {
            Folder = folder,
            MemoryThreshold = MemoryThreshold,
            MaximumLength = Limits.MaximumDataSetLength,
            ReadingLimits = Limits.ToDataSetLimits(),
        },
    };

    internal static TimeSpan RequirePositive(TimeSpan value, string name)
    {
        // TransportConnector takes at most int.MaxValue milliseconds; every timer of .NET holds that.
        if (value != Timeout.InfiniteTimeSpan && (value <= TimeSpan.Zero || value.TotalMilliseconds > int.MaxValue))
        {
            throw new ArgumentOutOfRangeException(name, value, "A time limit is positive and at most 24 days, or Timeout.InfiniteTimeSpan.");
        }

        return value;
    }
}
