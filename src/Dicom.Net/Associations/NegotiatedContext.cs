namespace Dicom.Net.Associations;

/// <summary>A presentation context that was accepted: what may be sent under its id, and how it is encoded.</summary>
internal sealed record NegotiatedContext(byte Id, string AbstractSyntax, string TransferSyntax);
