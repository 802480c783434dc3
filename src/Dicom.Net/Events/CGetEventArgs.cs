using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>The event CGetRequestReceived (PS3.7 §9.1.3). Default answer: 0122H, SOP class not supported.</summary>
public sealed class DicomCGetRequestEventArgs : DicomRetrieveRequestEventArgs
{
    internal DicomCGetRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net, presentationID, messageID, affectedClass)
    {
    }

    internal override CommandField Request => CommandField.CGetRq;
}

/// <summary>The event CGetResponseReceived (PS3.7 §9.1.3).</summary>
public sealed class DicomCGetResponseEventArgs : DicomRetrieveResponseEventArgs
{
    internal DicomCGetResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
        : base(presentationID, messageID, affectedClass, status)
    {
    }
}
