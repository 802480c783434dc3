using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>A request of this side that waits for its turn, with a share of its data set's bytes: the application may dispose of its own.</summary>
internal sealed class WaitingRequest(
    byte presentationContextId, int messageId, CommandField field, ReadOnlyMemory<byte> commandSet, DicomDataSet? dataSet) : IDisposable
{
    public byte PresentationContextId { get; } = presentationContextId;

    public int MessageId { get; } = messageId;

    public CommandField Field { get; } = field;

    public ReadOnlyMemory<byte> CommandSet { get; } = commandSet;

    public DicomDataSet? DataSet { get; } = dataSet;

    /// <summary>A C-CANCEL is to follow it.</summary>
    public bool IsCancelled { get; set; }

    public void Dispose() => DataSet?.Dispose();
}
