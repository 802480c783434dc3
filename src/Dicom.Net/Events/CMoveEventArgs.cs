using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>The event CMoveRequestReceived (PS3.7 §9.1.4). Default answer: 0122H, SOP class not supported.</summary>
public sealed class DicomCMoveRequestEventArgs : DicomRetrieveRequestEventArgs
{
    internal DicomCMoveRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net, presentationID, messageID, affectedClass)
    {
    }

    /// <summary>The AE title that the instances go to.</summary>
    public required string MoveAE { get; init; }

    internal override CommandField Request => CommandField.CMoveRq;
}

/// <summary>The event CMoveResponseReceived (PS3.7 §9.1.4).</summary>
public sealed class DicomCMoveResponseEventArgs : DicomRetrieveResponseEventArgs
{
    internal DicomCMoveResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
        : base(presentationID, messageID, affectedClass, status)
    {
    }
}
