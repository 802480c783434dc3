using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Transport;

namespace Dicom.Net.Tool.Trace;

/// <summary>A relay says nothing of its own: all that can be asked of it is to end.</summary>
internal sealed class RelayPort(PduConnection connection) : IAssociationPort
{
    public bool IsAssociated => false;

    public SendOutcome Request(AAssociateRq request) => SendOutcome.NotSupported;

    public SendOutcome Accept(AAssociateAc accept) => SendOutcome.NotSupported;

    public SendOutcome Reject(AAssociateRj reject) => SendOutcome.NotSupported;

    public SendOutcome Send(byte presentationContextId, ReadOnlyMemory<byte> commandSet, DicomDataSet? dataSet) => SendOutcome.NotSupported;

    public SendOutcome RequestRelease() => SendOutcome.NotSupported;

    public SendOutcome RespondRelease() => SendOutcome.NotSupported;

    public SendOutcome Abort(AAbort abort) => SendOutcome.NotSupported;

    public void Close() => connection.Close();

    public void CloseForced() => connection.Abort();
}
