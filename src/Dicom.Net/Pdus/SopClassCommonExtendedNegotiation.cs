namespace Dicom.Net.Pdus;

/// <summary>What a requestor says of a SOP Class that the acceptor may not know (PS3.7 §D.3.3.6).</summary>
/// <param name="SopClassUid">The SOP Class.</param>
/// <param name="ServiceClassUid">Its service class.</param>
/// <param name="RelatedGeneralSopClasses">The more general SOP Classes by whose rules it may be treated; may be none.</param>
public sealed record SopClassCommonExtendedNegotiation(
    string SopClassUid, string ServiceClassUid, IReadOnlyList<string> RelatedGeneralSopClasses)
{
    /// <summary>The more general SOP Classes by whose rules this one may be treated; may be none.</summary>
    public IReadOnlyList<string> RelatedGeneralSopClasses
    {
        get;
        init => field = ValueList<string>.Of(value);
    } = ValueList<string>.Of(RelatedGeneralSopClasses);
}
