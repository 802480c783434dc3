using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>A request of this side, from its beginning to its final response.</summary>
internal sealed class SentRequest(byte contextId, int messageId, CommandField field, ReadOnlyMemory<byte> commandSet) : IDisposable
{
    public byte ContextId { get; } = contextId;

    public int MessageId { get; } = messageId;

    public CommandField Field { get; } = field;

    /// <summary>Encoded; given back when it has been sent.</summary>
    public ReadOnlyMemory<byte> CommandSet { get; private set; } = commandSet;

    /// <summary>Of a request that waits for its turn: a share of the bytes, since the application may dispose of its own.</summary>
    public DicomDataSet? DataSet { get; private set; }

    /// <summary>For metrics and traces; null where nobody listens.</summary>
    public OperationTelemetry? Operation { get; set; }

    /// <summary>Whether it has gone to the peer, so that a C-CANCEL for it can follow.</summary>
    public bool IsSent { get; set; }

    /// <summary>When its response is late: a time stamp. Null: not to be looked at.</summary>
    public long? Due { get; set; }

    /// <summary>Whether a C-CANCEL is to follow it.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Whether it is of a kind that can be cancelled (PS3.7 §9.3.2.3, §9.3.3.3, §9.3.4.3).</summary>
    public bool IsCancellable => Field.HasPendingResponses();

    /// <summary>Keeps the data set for later.</summary>
    public void Keep(DicomDataSet? dataSet, string transferSyntax) =>
        DataSet = dataSet is null ? null : new(dataSet.Encode(transferSyntax), meta: null);

    /// <summary>What it was made of is not needed any more.</summary>
    public void Dispose()
    {
        DataSet?.Dispose();
        DataSet = null;
        CommandSet = default;
    }
}
