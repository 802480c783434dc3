namespace Dicom.Net.Pdus;

/// <summary>The answer to a presentation context (PS3.8 §9.3.3.2).</summary>
/// <param name="Id">The identifier of the context that is answered.</param>
/// <param name="Result">Acceptance, or why not.</param>
/// <param name="TransferSyntax">The UID of the transfer syntax chosen. Null in a rejection, where it is not significant
/// (PS3.8 Table 9-18), and in an acceptance that came without one.</param>
public sealed record PresentationContextAc(byte Id, PresentationContextResult Result, string? TransferSyntax)
{
    /// <summary>One line for logs; the peer's text is escaped in it.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => PduSummary.Describe(this);
}
