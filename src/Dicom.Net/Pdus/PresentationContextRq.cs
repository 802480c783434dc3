namespace Dicom.Net.Pdus;

/// <summary>A presentation context as it is proposed (PS3.8 §9.3.2.2).</summary>
/// <param name="Id">Its identifier: odd, 1 to 255, once in a request.</param>
/// <param name="AbstractSyntax">The UID of the abstract syntax, most often a SOP Class.</param>
/// <param name="TransferSyntaxes">The UIDs of the transfer syntaxes offered for it, one at least.</param>
public sealed record PresentationContextRq(byte Id, string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes)
{
    /// <summary>The UIDs of the transfer syntaxes offered, one at least (PS3.8 §9.3.2.2.2).</summary>
    public IReadOnlyList<string> TransferSyntaxes
    {
        get;
        init => field = ValueList<string>.Of(value);
    } = ValueList<string>.Of(TransferSyntaxes);

    /// <summary>One line for logs; the peer's text is escaped in it.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => PduSummary.Describe(this);
}
