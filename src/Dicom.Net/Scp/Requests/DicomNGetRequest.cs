namespace Dicom.Net;

/// <summary>An N-GET-RQ (PS3.7 §10.1.2), for an <see cref="INGetHandler"/>.</summary>
public sealed class DicomNGetRequest : DicomNRequest
{
    internal DicomNGetRequest(DicomAssociationContext association, DicomNGetRequestEventArgs question)
        : base(association, question, question.Instance, dataSet: null)
    {
        Attributes = question.Attributes;
    }

    /// <summary>The tags wanted, each with its group in the upper half; none: all.</summary>
    public IReadOnlyList<long> Attributes { get; }
}
