namespace Dicom.Net;

/// <summary>The event Sent: what was queued has gone out to its last byte.</summary>
public sealed class DicomSentEventArgs(DicomPduType type, int length) : EventArgs
{
    /// <summary>The type of PDU; <see cref="DicomPduType.DataTransfer"/> for a DIMSE message, told once for all its PDUs.</summary>
    public DicomPduType Type { get; } = type;

    /// <summary>Bytes, PDU headers included; <see cref="int.MaxValue"/> for more than that.</summary>
    public int Length { get; } = length;
}

/// <summary>The event Received: a PDU as it came.</summary>
public sealed class DicomReceivedEventArgs(DicomPduType type, ReadOnlyMemory<byte> pdu) : EventArgs
{
    /// <summary>The type of PDU.</summary>
    public DicomPduType Type { get; } = type;

    /// <summary>The PDU, its six header bytes included; a copy.</summary>
    public ReadOnlyMemory<byte> Pdu { get; } = pdu;
}

/// <summary>The event DataReceived: a whole DIMSE message, before the event of its service.</summary>
public sealed class DicomDataReceivedEventArgs(byte presentationID, DicomDataSet commandSet, DicomDataSet? dataSet) : EventArgs
{
    /// <summary>The presentation context.</summary>
    public byte PresentationID { get; } = presentationID;

    /// <summary>The command set (PS3.7 Annex E).</summary>
    public DicomDataSet CommandSet { get; } = commandSet;

    /// <summary>The data set; null where the message has none.</summary>
    public DicomDataSet? DataSet { get; } = dataSet;
}

/// <summary>The event DataStarting: a data set begins to arrive.</summary>
public sealed class DicomDataStartingEventArgs(byte presentationID, DicomDataSet commandSet) : EventArgs
{
    /// <summary>The presentation context.</summary>
    public byte PresentationID { get; } = presentationID;

    /// <summary>The command set (PS3.7 Annex E).</summary>
    public DicomDataSet CommandSet { get; } = commandSet;

    /// <summary>
    /// Set it to have the bytes of the data set written here as they come, in the transfer syntax of the presentation context; it is
    /// closed at the end, or when the association ends midway. Null: kept in memory or in a file as usual.
    /// </summary>
    public Stream? Destination { get; set; }
}

/// <summary>The event CommandSetSending: a response is about to be sent.</summary>
public sealed class DicomCommandSetEventArgs(DicomDataSet commandSet) : EventArgs
{
    /// <summary>The command set (PS3.7 Annex E), to be changed at will; valid during the event only.</summary>
    public DicomDataSet CommandSet { get; } = commandSet;
}

/// <summary>The event UnknownReceived: a PDU of a type that the standard does not know.</summary>
public sealed class DicomUnknownEventArgs(byte pduType) : EventArgs
{
    /// <summary>Its type.</summary>
    public byte PduType { get; } = pduType;
}
