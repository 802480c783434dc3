namespace Dicom.Net.Diagnostics;

/// <summary>What is known of an operation when it begins.</summary>
/// <param name="Service">The DIMSE service, as the standard writes it: one of few.</param>
/// <param name="IsPerformed">Whether the peer has asked for it; else this side has.</param>
/// <param name="ContextId">The presentation context.</param>
/// <param name="MessageId">The message id of the request.</param>
/// <param name="SopClass">The SOP class; escaped, or null where it is not known.</param>
internal readonly record struct OperationFacts(string Service, bool IsPerformed, byte ContextId, int MessageId, string? SopClass);
