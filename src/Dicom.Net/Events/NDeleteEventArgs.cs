using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>The event NDeleteRequestReceived (PS3.7 §10.1.6). Default answer: 0211H, unrecognized operation.</summary>
public sealed class DicomNDeleteRequestEventArgs : DicomRequestEventArgs
{
    internal DicomNDeleteRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net, presentationID, messageID, affectedClass)
    {
    }

    internal override CommandField Request => CommandField.NDeleteRq;

    /// <summary>The instance. The peer's text: never to be used as a file name unchecked.</summary>
    public required string Instance { get; init; }

    /// <summary>Answers.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued.</returns>
    public DicomNetResult Respond(DicomCommandStatusType status, DicomStatusDetail? detail = null) =>
        Respond(ResponseOf(status) with { Instance = Instance, Detail = detail });
}

/// <summary>The event NDeleteResponseReceived (PS3.7 §10.1.6).</summary>
public sealed class DicomNDeleteResponseEventArgs : DicomResponseEventArgs
{
    internal DicomNDeleteResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
        : base(presentationID, messageID, affectedClass, status)
    {
    }

    /// <summary>Affected SOP Instance UID; empty when the peer left it out.</summary>
    public required string Instance { get; init; }
}
