namespace Dicom.Net;

/// <summary>A C-MOVE or C-GET under way.</summary>
internal class RetrieveOperation(byte contextId, Func<int, DicomNetResult> send, IProgress<DicomSubOperations>? progress)
    : PendingOperation(contextId, send)
{
    public override bool IsCancellable => true;

    /// <summary>A pending response has come.</summary>
    public void Report(DicomSubOperations counts) => progress?.Report(counts);
}
