namespace Dicom.Net;

/// <summary>An N-ACTION-RQ (PS3.7 §10.1.4), for an <see cref="INActionHandler"/>.</summary>
public sealed class DicomNActionRequest : DicomNRequest
{
    internal DicomNActionRequest(DicomAssociationContext association, DicomNActionRequestEventArgs question)
        : base(association, question, question.Instance, question.DataSet)
    {
        ActionType = question.Action;
    }

    /// <summary>Action Type ID, 0 to 65535: its meaning is the SOP class's.</summary>
    public int ActionType { get; }
}
