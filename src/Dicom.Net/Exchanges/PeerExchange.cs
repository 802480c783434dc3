using System.Diagnostics.CodeAnalysis;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Microsoft.Extensions.Logging;

namespace Dicom.Net;

/// <summary>
/// What an object and one peer have to do with each other. It begins with the connection and ends with it, so that nothing of one reaches
/// the next, however late a thread comes.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source of cancellation without a timer or a wait handle holds nothing.")]
internal sealed class PeerExchange(
    ILogger log, string peer, DicomNetOptions options, ListenerConnection? place, AssociationTelemetry telemetry) : IObservedQueues
{
    private volatile IAssociationPort? _port;
    private SentRequests? _sent;
    private CancellationTokenSource? _ending;
    private volatile bool _isEnding;

    /// <summary>Carries out what the application wishes. Null: not yet known, or the PDU layer has none.</summary>
    public IAssociationPort? Port
    {
        get => _port;
        set => _port = value;
    }

    /// <summary>
    /// The association that was asked for, by either side. Null again when it is agreed on: then it is the one thing of an idle association
    /// that nobody asks for.
    /// </summary>
    public AAssociateRq? Requested;

    /// <summary>What the association allows. Null before there is one.</summary>
    public AssociationAgreement? Agreement;

    /// <summary>Among the connections of the listener; null where this side has connected.</summary>
    public ListenerConnection? Place => place;

    /// <summary>What the application entity that is called supports; null: that is for the application to say.</summary>
    public DicomSupportedServices? Supported { get; set; }

    /// <summary>What to respond to the user identity of the peer's request; null: nothing.</summary>
    public byte[]? UserResponse { get; set; }

    /// <summary>Cancelled when the connection ends, though callbacks may still wait for their turn.</summary>
    public CancellationToken Ending
    {
        get
        {
            var ending = LazyInitializer.EnsureInitialized(ref _ending, static () => new());
            if (_isEnding)
            {
                ending.Cancel();
            }

            return ending.Token;
        }
    }

    /// <summary>Who serves the peer's requests, where nobody else does; null: nobody.</summary>
    public AssociationHandlers? Handlers { get; set; }

    /// <summary>What ended the association, where this object knows better than the protocol machine.</summary>
    public DicomNetResult? Verdict { get; set; }

    /// <summary>Whether an operation of either side is under way.</summary>
    public bool IsBusy => Open.HasAny || SentSoFar is { HasAny: true };

    /// <summary>The peer's requests that wait for an answer.</summary>
    public OpenRequests Open { get; } = new();

    /// <summary>This side's requests. Not made before there is one: the objects of a listener's clients seldom send any.</summary>
    public SentRequests Sent => LazyInitializer.EnsureInitialized(ref _sent, () => new(this, log, peer, options));

    /// <summary>As <see cref="Sent"/>; null while there was none.</summary>
    public SentRequests? SentSoFar => Volatile.Read(ref _sent);

    /// <summary>Whether the log has been told of a response that nobody asked for: once, since a peer must not fill the disk with it.</summary>
    public bool HasToldOfUnexpected { get; set; }

    /// <summary>Whether the log has been told of a request in a role that was not agreed on.</summary>
    public bool HasToldOfRole { get; set; }

    /// <summary>The connection has ended: who works on something for it is told at once.</summary>
    public void BeginEnding()
    {
        _isEnding = true;

        // Elsewhere: what the application has registered may take its time.
        _ = Volatile.Read(ref _ending)?.CancelAsync();
        Open.CancelAll();
    }

    /// <summary>What the connection tells of itself.</summary>
    public AssociationTelemetry Telemetry => telemetry;

    /// <summary>The log of this connection.</summary>
    public ILogger Log => log;

    void IObservedQueues.AddTo(ref QueueLengths lengths)
    {
        lengths.Performing += Open.Count;
        SentSoFar?.AddTo(ref lengths);
    }

    /// <summary>A request of this side is to go out, now or when its turn comes.</summary>
    public OperationTelemetry? BeginOperation(SentRequest request)
    {
        if (!telemetry.WantsOperations)
        {
            return null;
        }

        var sopClass = Agreement?.Association.AbstractSyntaxOf(request.ContextId);
        return telemetry.BeginOperation(new(
            request.Field.ToServiceName(), IsPerformed: false, request.ContextId, request.MessageId, sopClass));
    }

    /// <summary>Nothing will be answered, or sent, any more.</summary>
    public void End()
    {
        _port = null;
        Open.DisposeAll();
        SentSoFar?.Close();
        place?.Leave();
        telemetry.Leave();
    }
}
