namespace Dicom.Net;

/// <summary>A request of an N-service (PS3.7 §10): it is about one instance.</summary>
public abstract class DicomNRequest : DicomRequest
{
    private protected DicomNRequest(DicomAssociationContext association, DicomRequestEventArgs question, string instance, DicomDataSet? dataSet)
        : base(association, question)
    {
        SopInstance = instance;
        DataSet = dataSet;
    }

    /// <summary>The instance; in an N-CREATE empty where this side is to choose the UID. Never to be used as a file name unchecked.</summary>
    public string SopInstance { get; }

    /// <summary>What came with the request: attributes, a modification list, action or event information; null when there is none.</summary>
    public DicomDataSet? DataSet { get; }
}
