using Dicom.Net.DataSets;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;

namespace Dicom.Net.Associations;

/// <summary>One received DIMSE message (PS3.7 §6.3.1): a command set and, for most, a data set.</summary>
/// <remarks>Handed to an <see cref="IAssociationHandler"/>, which then owns it: disposing of it deletes what was spooled.</remarks>
public sealed class DimseMessage : IDisposable
{
    private readonly ReadOnlyMemory<byte> _commandBytes;
    private DicomDataSet? _commandSet;
    private CancellationTokenSource? _cancellation;

    internal DimseMessage(NegotiatedContext context, CommandSet command, ReadOnlyMemory<byte> commandBytes)
    {
        Context = context;
        Command = command;
        _commandBytes = commandBytes;
    }

    /// <summary>The presentation context that the message came in.</summary>
    public byte PresentationContextId => Context.Id;

    /// <summary>The command set as it came (PS3.7 Annex E), decoded when an element of it is asked for.</summary>
    public DicomDataSet CommandSet =>
        _commandSet ??= new(EncodedDataSet.FromMemory(_commandBytes, DicomTransferSyntax.ImplicitVRLittleEndian.Uid), meta: null);

    /// <summary>The data set; null where the message has none, or where the application took its bytes as they came.</summary>
    public DicomDataSet? DataSet { get; private set; }

    internal NegotiatedContext Context { get; }

    internal CommandSet Command { get; }

    /// <summary>The id of the request: this one, the one that this answers, or the one that this cancels.</summary>
    internal int MessageId => (RefersToRequest
        ? Command.MessageIdBeingRespondedTo ?? Command.MessageId
        : Command.MessageId ?? Command.MessageIdBeingRespondedTo) ?? 0;

    /// <summary>The SOP class, affected or requested; empty when the peer left it out.</summary>
    internal string SopClass => Command.AffectedSopClassUid ?? Command.RequestedSopClassUid ?? "";

    /// <summary>The SOP instance, affected or requested; empty when there is none.</summary>
    internal string SopInstance => Command.AffectedSopInstanceUid ?? Command.RequestedSopInstanceUid ?? "";

    /// <summary>Whether a C-CANCEL for this request makes sense.</summary>
    internal bool IsCancellable => Command.CommandField.HasPendingResponses();

    // Such a message has an id of its own only by mistake (PS3.7 §9.3).
    private bool RefersToRequest => Command.CommandField.IsResponse() || Command.CommandField == CommandField.CCancelRq;

    /// <summary>Whether somebody is answering this request; for who keeps it until then.</summary>
    internal bool IsClaimed { get; set; }

    /// <summary>
    /// Tells whoever works on this request to stop. Made when it is asked for, and never disposed of: it has no timer and no handle, and the
    /// application may hold its token for ever.
    /// </summary>
    internal CancellationTokenSource Cancellation => LazyInitializer.EnsureInitialized(ref _cancellation, static () => new());

    internal DicomCommandPriorityType Priority => Command.Priority ?? DicomCommandPriorityType.Medium;

    /// <summary>Of a response; one without counts as a failure.</summary>
    internal DicomCommandStatusType Status => Command.Status ?? DicomCommandStatusType.ProcessingFailure;

    /// <summary>The data set while it arrives; null where the message has none.</summary>
    internal IncomingDataSet? Incoming { get; init; }

    /// <summary>Why the data set could not be kept. Null: it could, or there is none.</summary>
    internal Exception? DataSetFault => Incoming?.Fault;

    /// <summary>For metrics and traces; null where nobody listens.</summary>
    internal OperationTelemetry? Operation { get; set; }

    /// <summary>Releases the data set: its memory, or the file that it was spooled to if nobody saved it.</summary>
    public void Dispose()
    {
        Operation?.TellUnanswered();
        Incoming?.Dispose();
        DataSet?.Dispose();
    }

    /// <summary>Everything has arrived: makes the data set of it.</summary>
    internal void CompleteDataSet()
    {
        if (Incoming?.Complete() is { } encoded)
        {
            DataSet = new(encoded, Incoming.Meta, Incoming.ReadingLimits);
        }
    }
}
