using System.Diagnostics;

namespace Dicom.Net;

/// <summary>How the association comes about, and how it ends.</summary>
internal sealed partial class RequestorNet
{
    // What opens the association is part of: its request is sent on a thread of the connection's, which does not know.
    private Activity? _opener;

    // What the peer, or the provider of this side, has said.
    private DicomAbortException? _abort;

    protected override void OnConnect(DicomExceptionCode error)
    {
        if (error != DicomExceptionCode.Success)
        {
            Fail(LastError);
        }
        else if (options.Security == DicomNetSecurityMode.None)
        {
            Associate();
        }
    }

    // Nothing may be sent before the handshake is done.
    protected override void OnSecureLinkReady(DicomExceptionCode error)
    {
        if (error == DicomExceptionCode.Success)
        {
            Associate();
        }
        else
        {
            Fail(LastError);
        }
    }

    protected override void OnReceiveAssociateAccept(DicomAssociate association) => _accepted.TrySetResult(association);

    protected override void OnReceiveAssociateReject(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason) =>
        End(new DicomAssociateRejectException(result, source, reason));

    protected override void OnReceiveReleaseRequest()
    {
        _isReleased = true;
        End(Released("the peer"));
        base.OnReceiveReleaseRequest();
    }

    protected override void OnReceiveReleaseResponse()
    {
        _isReleased = true;
        End(Released("this side"));
    }

    protected override void OnReceiveAbort(DicomAbortSourceType source, DicomAbortReasonType reason)
    {
        _abort = new(source, reason);
        if (source == DicomAbortSourceType.User)
        {
            End(_abort);
        }

        // Else it may have been this side's provider, for a time limit: the end of the connection says so.
    }

    protected override void OnClose(DicomExceptionCode error, DicomNet net)
    {
        End(error switch
        {
            DicomExceptionCode.Success => new DicomException(
                new DicomNetResult(DicomExceptionCode.NetConnectionAborted, "The peer closed the connection.")),
            DicomExceptionCode.NetAssociationAborted when _abort is not null => _abort,
            _ => new DicomException(LastError),
        });
        _closed.TrySetResult();
    }

    internal override void OnEnding()
    {
        PendingOperation[] operations;
        lock (_operations)
        {
            operations = [.. _operations.Values];
        }

        Array.ForEach(operations, operation => operation.LetGo());
    }

    private static DicomException Released(string by) => new(new DicomNetResult(
        DicomExceptionCode.NetAssociationReleased, $"The association was released by {by}: open another one."));

    private void Associate()
    {
        var current = Activity.Current;
        Activity.Current = _opener;
        var result = SendAssociateRequest(proposal);
        Activity.Current = current;
        _opener = null;
        if (!result.IsSuccess)
        {
            Fail(result);
            Close();
        }
    }

    private void Fail(DicomNetResult failure)
    {
        End(new DicomException(failure));
        if (!IsConnected())
        {
            _closed.TrySetResult(); // There is no connection whose end could be told.
        }
    }
}
