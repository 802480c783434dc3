using Dicom.Net.Associations;

namespace Dicom.Net;

/// <summary>What became of a wish to send, in words for the application.</summary>
internal static class SendResults
{
    public static DicomNetResult Of(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Queued => DicomNetResult.Success,
        SendOutcome.NotConnected => new(DicomExceptionCode.NetNotConnected, "There is no connection: not yet, or no more."),
        SendOutcome.ContextNotAccepted => new(
            DicomExceptionCode.PresentationContext,
            "The presentation context was not accepted: ask Association.FindAbstract for one that was."),
        SendOutcome.QueueFull => new(
            DicomExceptionCode.NetQueueFull, "Too much waits to be sent already. Await ReadyToSendAsync before sending more."),
        SendOutcome.PeerMaximumTooSmall => new(
            DicomExceptionCode.PeerMaximumLength, "The maximum length that the peer announced leaves no room for a single fragment."),
        SendOutcome.NotSupported => new(DicomExceptionCode.FeatureNotSupported, "The PDU layer in use has no such operation."),
        _ => new(
            DicomExceptionCode.InvalidState,
            "The association is in a state that does not allow this: there is none, it is being released, or the question was answered before."),
    };
}
