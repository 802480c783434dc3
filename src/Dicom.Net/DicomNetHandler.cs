using Dicom.Net.Associations;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;

namespace Dicom.Net;

/// <summary>What stands between a PDU layer and the <c>On…</c> members of a <see cref="DicomNet"/>, for one connection.</summary>
internal sealed class DicomNetHandler(DicomNet net, AssociationRole role, PeerExchange exchange) : IAssociationHandler
{
    private int _closed;

    public bool WantsPdus => net.WantsPdus;

    public bool WantsSent => net.WantsSent;

    public bool WantsDataStarting => net.WantsDataStarting || exchange.Handlers is { WantsDataStarting: true };

    public bool IsOverloaded => exchange.Open.IsFull;

    public bool IsBusy => exchange.IsBusy;

    public void Attach(IAssociationPort port) => exchange.Port = port;

    public ValueTask OnConnectedAsync()
    {
        if (net.IsSecured)
        {
            net.TellSecureLinkReady();
        }
        else if (role == AssociationRole.Requestor)
        {
            net.TellConnected();
        }

        return default;
    }

    public ValueTask OnPduAsync(PduType type, ReadOnlyMemory<byte> pdu)
    {
        net.TellPdu(type, pdu);
        return default;
    }

    public ValueTask<AAssociateRj?> RefusalOfAsync(AAssociateRq request) => net.RefusalOfAsync(exchange, request);

    public ValueTask OnAssociateRequestAsync(AAssociateRq request) => net.TellAssociateRequestAsync(exchange, request);

    public ValueTask OnAssociateAcceptAsync(AAssociateAc accept)
    {
        net.TellAssociateAccept(exchange, accept);
        return default;
    }

    public ValueTask OnAssociateRejectAsync(AAssociateRj reject)
    {
        net.TellAssociateReject(reject);
        return default;
    }

    public ValueTask<Stream?> OnDataStartingAsync(DimseMessage message) =>
        net.IsRefusedUnasked(exchange, message) ? default
        : net.AskForStream(message) is { } stream ? new(stream)
        : exchange.Handlers?.AskForStreamAsync(message) ?? default;

    public ValueTask OnMessageAsync(DimseMessage message)
    {
        if (message.Command.CommandField == CommandField.CStoreRq)
        {
            exchange.SentSoFar?.NoteInstance();
        }

        net.TellMessage(exchange, message);
        return exchange.Handlers is { HasStarted: true } handlers ? AbandonAsync(handlers) : net.CaughtUpAsync();
    }

    private async ValueTask AbandonAsync(AssociationHandlers handlers)
    {
        await handlers.AbandonAsync().ConfigureAwait(false);
        await net.CaughtUpAsync().ConfigureAwait(false);
    }

    public void OnCancelArrived(DimseMessage cancel) => exchange.Open.BeginCancel(cancel.MessageId);

    public void OnEnding()
    {
        exchange.BeginEnding();
        exchange.Handlers?.CancelAll();
        net.OnEnding();
    }

    public void OnAssociationOver() => exchange.Place?.Dissociate();

    public ValueTask OnUnknownPduAsync(byte type)
    {
        net.TellUnknown(type);
        return default;
    }

    public ValueTask OnReleaseRequestAsync()
    {
        net.TellReleaseRequest();
        return default;
    }

    public ValueTask OnReleaseResponseAsync()
    {
        net.TellReleaseResponse();
        return default;
    }

    public ValueTask OnAbortAsync(AAbort abort)
    {
        net.TellAbort(abort);
        return default;
    }

    public ValueTask OnSentAsync(PduType type, long length)
    {
        net.TellSent(type, length);
        return default;
    }

    /// <summary>The first call counts: a layer that fails after it has told the end is told for once more by its caller.</summary>
    public ValueTask OnClosedAsync(AssociationEnd end)
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            net.EndConnection(ResultOf(end), exchange);
        }

        return default;
    }

    private static DicomNetResult ResultOf(AssociationEnd end) =>
        end.Kind == AssociationEndKind.Orderly ? DicomNetResult.Success : new(CodeOf(end), end.Error?.Message ?? WordsOf(end.Kind));

    private static string WordsOf(AssociationEndKind kind) => kind switch
    {
        AssociationEndKind.Aborted => "The association was aborted.",
        AssociationEndKind.ConnectionLost => "The connection was lost, or closed by the peer in the midst of an association.",
        _ => "The connection ended by a fault, which the log tells.",
    };

    private static DicomExceptionCode CodeOf(AssociationEnd end) => end.Kind switch
    {
        AssociationEndKind.Orderly => DicomExceptionCode.Success,
        AssociationEndKind.Aborted => DicomExceptionCode.NetAssociationAborted,
        AssociationEndKind.ConnectionLost when end.Error is TransportException { Kind: TransportErrorKind.TimedOut } =>
            DicomExceptionCode.NetKeepAliveTimeout,
        AssociationEndKind.ConnectionLost => DicomExceptionCode.NetConnectionAborted,
        AssociationEndKind.ArtimExpired => DicomExceptionCode.NetArtimTimeout,
        AssociationEndKind.PduTimeout => DicomExceptionCode.NetPduTimeout,
        AssociationEndKind.ReceiveTimeout => DicomExceptionCode.NetReceiveTimeout,
        AssociationEndKind.SendTimeout => DicomExceptionCode.NetSendTimeout,
        AssociationEndKind.MessageTimeout => DicomExceptionCode.NetMessageTimeout,
        AssociationEndKind.IdleTimeout => DicomExceptionCode.NetIdleTimeout,
        _ => DicomExceptionCode.NetFailure,
    };
}
