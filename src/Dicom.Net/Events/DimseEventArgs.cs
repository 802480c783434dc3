using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>A DIMSE request of the peer.</summary>
public abstract class DicomRequestEventArgs : DicomQuestionEventArgs
{
    private protected DicomRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net)
    {
        PresentationID = presentationID;
        MessageID = messageID;
        AffectedClass = affectedClass;
        Message = net.ToldRequest(presentationID, messageID);
    }

    /// <summary>The presentation context.</summary>
    public byte PresentationID { get; }

    /// <summary>The message id, 0 to 65535.</summary>
    public int MessageID { get; }

    /// <summary>The SOP class: affected, or requested.</summary>
    public string AffectedClass { get; }

    /// <summary>Cancelled at once when the peer cancels the operation (C-CANCEL), or when the association is over.</summary>
    public CancellationToken Cancelled => Net.CancellationOf(this);

    /// <summary>The very request that is told of: a peer may use its id again, on this connection or the next. Null: known by its ids alone.</summary>
    internal DimseMessage? Message { get; }

    /// <summary>What is asked for.</summary>
    internal abstract CommandField Request { get; }

    /// <summary>A response of this request's, to be filled in.</summary>
    private protected DimseResponse ResponseOf(DicomCommandStatusType status) => new(Request, AffectedClass, status);

    /// <summary>Answers this request, and no other that has its ids by now.</summary>
    private protected DicomNetResult Respond(in DimseResponse response) => Answered(Net.Respond(PresentationID, MessageID, Message, response));
}

/// <summary>A DIMSE response of the peer to a request of this side.</summary>
public abstract class DicomResponseEventArgs : EventArgs
{
    private protected DicomResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
    {
        PresentationID = presentationID;
        MessageID = messageID;
        AffectedClass = affectedClass;
        Status = status;
    }

    /// <summary>The presentation context.</summary>
    public byte PresentationID { get; }

    /// <summary>The message id of the request.</summary>
    public int MessageID { get; }

    /// <summary>Affected SOP Class UID; empty when the peer left it out.</summary>
    public string AffectedClass { get; }

    /// <summary>The outcome.</summary>
    public DicomCommandStatusType Status { get; }

    /// <summary>What else the peer says of the status.</summary>
    public DicomStatusDetail Detail { get; init; } = DicomStatusDetail.None;
}

/// <summary>The event CCancelRequestReceived.</summary>
public sealed class DicomCCancelRequestEventArgs(byte presentationID, int messageID) : EventArgs
{
    /// <summary>The presentation context.</summary>
    public byte PresentationID { get; } = presentationID;

    /// <summary>The message id of the operation that is to end.</summary>
    public int MessageID { get; } = messageID;
}
