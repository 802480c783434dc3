using Dicom.Net.Associations;
using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <summary>
/// How much room peers may take, and what they get beyond that. A record of numbers that does not change and may be shared. Those of
/// connections and associations count for one listener with all its clients; the others for each association by itself.
/// </summary>
public sealed record DicomNetLimits
{
    /// <summary>
    /// Associations at a time, those included that still wait for their answer; 0, the default: no limit, since what a machine can carry is
    /// for its owner to say (one that is idle costs some 5 KiB). Beyond, a request is rejected: transient, local limit exceeded (2/3/2,
    /// PS3.8 Table 9-21).
    /// </summary>
    public int MaximumAssociations { get; init; }

    /// <summary>
    /// Associations at a time with one remote address; 0, the default: no limit, since behind one address there may be a whole hospital
    /// (NAT, a gateway). Beyond: 2/3/2. Of IPv6 the /64 counts as one address, since a host may take any in its own; so all hosts of such a network
    /// share the number. Link-local addresses, which all neighbours have in one /64, and the loopback address count each by itself.
    /// </summary>
    public int MaximumAssociationsPerAddress { get; init; }

    /// <summary>
    /// Associations at a time with one calling AE title; 0, the default: no limit, since archives and their clients open several. Beyond: 2/3/2.
    /// Whoever may choose the title may choose another: this bounds the careless, and the others only together with
    /// <see cref="DicomAdmission"/>.
    /// </summary>
    public int MaximumAssociationsPerCallingTitle { get; init; }

    /// <summary>
    /// Connections without an association: not yet secured, not yet asked for one, rejected, or not closed after the end of one. 0: no limit.
    /// Default 4,096 (arbitrary: more than honest peers open in the time of an ARTIM). Beyond, the one that has been without one for longest is
    /// closed: an honest peer asks at once, so that those who keep silent crowd out each other, and nobody else. A PDU layer of one's own
    /// that asks for no associations wants 0.
    /// </summary>
    public int MaximumUnassociatedConnections { get; init; } = 4096;

    /// <summary>
    /// TLS handshakes that are computed at a time, for a listener; 0: no limit. Default: the number of processors, since more would only take them
    /// from the associations that stand. The others wait for their turn in order, which does not count as time that their peers take; one that waits
    /// for its peer, or for <see cref="DicomNet.OnVerify"/>, has no turn and holds up nobody. Raise it where revoked certificates are asked for
    /// (<see cref="DicomTlsOptions.RevocationMode"/>): an issuer that does not answer takes a turn of some seconds.
    /// </summary>
    public int MaximumConcurrentHandshakes { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Bytes of an A-ASSOCIATE-RQ or -AC, 74 or more. Default 1 MiB (arbitrary, but no honest one is refused: 128 contexts of 64 transfer
    /// syntaxes with UIDs of 64 characters are 566,784 bytes, and user information adds 65,535 at most). Beyond: A-ABORT, before memory is
    /// reserved.
    /// </summary>
    public int MaximumAssociateLength { get; init; } = (int)Pdus.PduLimits.Default.MaximumAssociateLength;

    /// <summary>
    /// Bytes of a P-DATA-TF where this side has announced no limit (<see cref="DicomAssociate.MaxLength"/> 0); else what it has announced
    /// holds. Default 16 MiB (arbitrary: a PDU is buffered whole). Beyond: A-ABORT, before memory is reserved.
    /// </summary>
    public int MaximumUnannouncedLength { get; init; } = (int)Pdus.PduLimits.Default.MaximumUnlimitedDataLength;

    /// <summary>
    /// Presentation contexts of an association, 1 to 128. Default 128: there are no more identifiers (PS3.8 §9.3.2.2). Beyond: A-ABORT.
    /// </summary>
    public int MaximumPresentationContexts { get; init; } = Pdus.PduLimits.Default.MaximumPresentationContexts;

    /// <summary>
    /// Bytes of a command set. Default 64 KiB (arbitrary: the largest real one, an N-GET-RQ with a long attribute list, is far smaller).
    /// Beyond: A-ABORT.
    /// </summary>
    public int MaximumCommandSetLength { get; init; } = new Dimse.DimseLimits().MaximumCommandLength;

    /// <summary>
    /// Bytes of a received data set, in the transfer syntax it comes in; 0, the default: no limit, since a whole slide image may have any size.
    /// Beyond, what was kept is given up at once and the rest is read and dropped; the request is answered A700H, out of resources (C-STORE,
    /// C-FIND: PS3.4 §B.2.3, §C.4.1.1.4), A701H (C-GET, C-MOVE) or 0213H, resource limitation (N-…: PS3.7 §10.1), and the association goes on.
    /// </summary>
    public long MaximumDataSetLength { get; init; }

    /// <summary>
    /// Whether an association is aborted (A-ABORT 2/0) as soon as <see cref="MaximumDataSetLength"/> is exceeded, instead of reading the rest:
    /// that saves the line, and costs the peer its other messages. False unless set.
    /// </summary>
    public bool AbortsOnDataSetLength { get; init; }

    /// <summary>
    /// How deep sequences of a received data set may nest when its elements are read, 1 to 64. Default 64 (DCMTK's, set in 2026 after a nested file of
    /// 39 kB had overrun its stack). Beyond: <see cref="DataSetException"/>, to whoever asks for an element.
    /// </summary>
    public int MaximumSequenceDepth { get; init; } = DataSetLimits.Default.MaximumDepth;

    /// <summary>
    /// Elements of a received data set or item when they are read. Default 65,536 (arbitrary: PS3.6 registers some 5,000). Beyond:
    /// <see cref="DataSetException"/>.
    /// </summary>
    public int MaximumElements { get; init; } = DataSetLimits.Default.MaximumElements;

    /// <summary>
    /// Items of one sequence when they are read. Default 1,000,000 (arbitrary: the largest real ones have an item per tile of a whole slide
    /// image). Beyond: <see cref="DataSetException"/>.
    /// </summary>
    public int MaximumItems { get; init; } = DataSetLimits.Default.MaximumItems;

    /// <summary>
    /// Bytes of a deflated data set (PS3.5 §A.5) when it is inflated to be read. Default 256 MiB (arbitrary: deflate makes up to a thousand
    /// bytes of one). Beyond: <see cref="DataSetException"/>.
    /// </summary>
    public int MaximumInflatedLength { get; init; } = DataSetLimits.Default.MaximumInflatedLength;

    /// <summary>
    /// Messages that wait to be sent, 2 or more. Default 256 (arbitrary). Beyond, <c>Send…</c> returns
    /// <see cref="DicomExceptionCode.NetQueueFull"/>; at half of it the peer is read no more until it reads.
    /// </summary>
    public int MaximumQueuedMessages { get; init; } = 256;

    /// <summary>
    /// Requests of this side that wait for their turn in the window (PS3.7 §D.3.3.3). Default 256 (arbitrary: as many as may wait to be sent).
    /// Beyond, <c>Send…Request</c> returns <see cref="DicomExceptionCode.NetQueueFull"/>.
    /// </summary>
    public int MaximumWaitingRequests { get; init; } = 256;

    /// <summary>
    /// Requests of the peer that may be open at once where it asks for a window (PS3.7 §D.3.3.3): the most that is granted. Past it, and past
    /// what was read already, an association is read no more until one of them is answered.
    /// </summary>
    public const int MostOperations = AgreedOperations.MostGranted;

    /// <summary>What was received and waits for its callback, at most; past it an association is read no more until there is room.</summary>
    public const int MostPendingCallbacks = 32;

    internal DataSetLimits ToDataSetLimits() => new()
    {
        MaximumDepth = MaximumSequenceDepth,
        MaximumElements = MaximumElements,
        MaximumItems = MaximumItems,
        MaximumInflatedLength = MaximumInflatedLength,
    };

    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range; the message says which.</exception>
    internal void Validate()
    {
        Require(MaximumAssociations, 0, nameof(MaximumAssociations));
        Require(MaximumAssociationsPerAddress, 0, nameof(MaximumAssociationsPerAddress));
        Require(MaximumAssociationsPerCallingTitle, 0, nameof(MaximumAssociationsPerCallingTitle));
        Require(MaximumUnassociatedConnections, 0, nameof(MaximumUnassociatedConnections));
        Require(MaximumConcurrentHandshakes, 0, nameof(MaximumConcurrentHandshakes));
        Require(MaximumAssociateLength, 74, nameof(MaximumAssociateLength)); // One of 68 has no item (PS3.8 Table 9-11).
        Require(MaximumUnannouncedLength, 8, nameof(MaximumUnannouncedLength)); // One PDV of two bytes.
        Require(MaximumPresentationContexts, 1, nameof(MaximumPresentationContexts));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            MaximumPresentationContexts, Pdus.PduLimits.Default.MaximumPresentationContexts, nameof(MaximumPresentationContexts));
        Require(MaximumCommandSetLength, 1, nameof(MaximumCommandSetLength));
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumDataSetLength);
        Require(MaximumSequenceDepth, 1, nameof(MaximumSequenceDepth));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumSequenceDepth, DataSetLimits.Default.MaximumDepth, nameof(MaximumSequenceDepth));
        Require(MaximumElements, 1, nameof(MaximumElements));
        Require(MaximumItems, 1, nameof(MaximumItems));
        Require(MaximumInflatedLength, 1, nameof(MaximumInflatedLength));
        Require(MaximumQueuedMessages, 2, nameof(MaximumQueuedMessages));
        Require(MaximumWaitingRequests, 1, nameof(MaximumWaitingRequests));
    }

    private static void Require(int value, int least, string name) => ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
}
