using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>The calls to the handler, one at a time.</summary>
internal sealed partial class AssociationDriver
{
    private ValueTask CallHandlerAsync(Indication indication)
    {
        try
        {
            using var scope = AssociationScope.Enter(_log);
            var call = Call(indication);
            if (!call.IsCompletedSuccessfully)
            {
                return AwaitAsync(call, indication.Kind);
            }
        }
        catch (Exception error)
        {
            AssociationLog.HandlerFailed(_log, error, Peer, indication.Kind.ToString());
        }

        AfterCall(indication.Kind);
        return default;
    }

    private async ValueTask AwaitAsync(ValueTask call, IndicationKind kind)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            AssociationLog.HandlerFailed(_log, error, Peer, kind.ToString());
        }

        AfterCall(kind);
    }

    private ValueTask Call(in Indication indication) => indication.Kind switch
    {
        IndicationKind.Connected => _handler.OnConnectedAsync(),
        IndicationKind.Pdu => _handler.OnPduAsync(indication.Type, (byte[])indication.Value!),
        IndicationKind.AssociateRequest => _handler.OnAssociateRequestAsync((AAssociateRq)indication.Value!),
        IndicationKind.AssociateAccept => _handler.OnAssociateAcceptAsync((AAssociateAc)indication.Value!),
        IndicationKind.AssociateReject => _handler.OnAssociateRejectAsync((AAssociateRj)indication.Value!),
        IndicationKind.DataStarting => AskForStreamAsync((DimseMessage)indication.Value!),
        IndicationKind.Message => TellMessage((DimseMessage)indication.Value!),
        IndicationKind.UnknownPdu => _handler.OnUnknownPduAsync((byte)indication.Type),
        IndicationKind.ReleaseRequest => _handler.OnReleaseRequestAsync(),
        IndicationKind.ReleaseResponse => _handler.OnReleaseResponseAsync(),
        IndicationKind.Abort => _handler.OnAbortAsync((AAbort)indication.Value!),
        IndicationKind.Sent => _handler.OnSentAsync(indication.Type, indication.Length),
        _ => _handler.OnClosedAsync(_end ?? new(AssociationEndKind.Orderly)),
    };

    private ValueTask TellMessage(DimseMessage message)
    {
        message.CompleteDataSet();
        return _handler.OnMessageAsync(message);
    }

    private async ValueTask AskForStreamAsync(DimseMessage message)
    {
        Stream? sink = null;
        try
        {
            sink = await _handler.OnDataStartingAsync(message).ConfigureAwait(false);
        }
        finally
        {
            message.Incoming!.Decide(sink);
        }
    }

    private void AfterCall(IndicationKind kind)
    {
        switch (kind)
        {
            case IndicationKind.DataStarting:
                ResumeReceiving(PauseReasons.Decision);
                break;
            case IndicationKind.Message:
                HoldBack();
                break;
            case IndicationKind.Closed:
                _completion.TrySetResult();
                break;
        }

        ResumeIfCaughtUp();
    }
}
