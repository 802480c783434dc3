using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>Requests that handlers serve: what the events have left open.</summary>
public partial class DicomNet
{
    /// <summary>Whether this side may send a C-STORE-RQ on a context.</summary>
    internal bool MayStore(byte contextId) =>
        _options.AllowsUnagreedRoles || _exchange?.Agreement?.Operations.MayInvoke(contextId, CommandField.CStoreRq) is true;

    /// <summary>Whether something that was queued has not gone out as yet.</summary>
    internal bool HasUnsent => _exchange?.Port is { HasUnsent: true };

    /// <summary>What a C-STORE-RQ asks, before its data set is there.</summary>
    internal DicomCStoreRequestEventArgs CStoreQuestion(DimseMessage request) =>
        new(this, request.PresentationContextId, request.MessageId, request.SopClass)
        {
            Instance = request.SopInstance,
            Priority = request.Priority,
            MoveAE = request.Command.MoveOriginatorApplicationEntityTitle ?? "",
            MoveMessageID = request.Command.MoveOriginatorMessageId ?? 0,
        };

    private bool IsServed(DicomRequestEventArgs question) =>
        _exchange is { Handlers: { } handlers } exchange
        && handlers.TryBegin(question, exchange.Agreement?.Operations.MostInvokedByPeer ?? 1);
}
