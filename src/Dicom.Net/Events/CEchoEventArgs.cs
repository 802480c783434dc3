using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>The event CEchoRequestReceived (PS3.7 §9.1.5). Default answer: success, as Verification wants it (PS3.4 Annex A).</summary>
public sealed class DicomCEchoRequestEventArgs : DicomRequestEventArgs
{
    internal DicomCEchoRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net, presentationID, messageID, affectedClass)
    {
    }

    internal override CommandField Request => CommandField.CEchoRq;

    /// <summary>Answers.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued.</returns>
    public DicomNetResult Respond(DicomCommandStatusType status, DicomStatusDetail? detail = null) =>
        Respond(ResponseOf(status) with { Detail = detail });
}

/// <summary>The event CEchoResponseReceived.</summary>
public sealed class DicomCEchoResponseEventArgs : DicomResponseEventArgs
{
    internal DicomCEchoResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
        : base(presentationID, messageID, affectedClass, status)
    {
    }
}
