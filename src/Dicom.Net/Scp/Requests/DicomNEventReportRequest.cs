namespace Dicom.Net;

/// <summary>An N-EVENT-REPORT-RQ (PS3.7 §10.1.1), for an <see cref="INEventReportHandler"/>.</summary>
public sealed class DicomNEventReportRequest : DicomNRequest
{
    internal DicomNEventReportRequest(DicomAssociationContext association, DicomNReportRequestEventArgs question)
        : base(association, question, question.Instance, question.DataSet)
    {
        EventType = question.DicomEvent;
    }

    /// <summary>Event Type ID, 0 to 65535: its meaning is the SOP class's.</summary>
    public int EventType { get; }
}
