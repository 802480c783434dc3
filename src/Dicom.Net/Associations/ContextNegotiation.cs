using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>What becomes of a proposed presentation context: a pure function of the proposal and of what the acceptor supports.</summary>
internal static class ContextNegotiation
{
    /// <summary>Answers one proposed context (PS3.8 §9.3.3.2).</summary>
    /// <param name="proposed">The requestor's proposal.</param>
    /// <param name="isSupported">Whether its abstract syntax is supported.</param>
    /// <param name="preferred">Transfer syntaxes in the order of preference; empty: any, in the requestor's order.</param>
    public static PresentationContextAc Answer(PresentationContextRq proposed, bool isSupported, IReadOnlyCollection<string> preferred)
    {
        if (!isSupported)
        {
            return new(proposed.Id, PresentationContextResult.AbstractSyntaxNotSupported, null);
        }

        var chosen = preferred.Count == 0
            ? proposed.TransferSyntaxes.FirstOrDefault(SentText.IsUid)
            : preferred.FirstOrDefault(proposed.TransferSyntaxes.Contains);
        return chosen is null
            ? new(proposed.Id, PresentationContextResult.TransferSyntaxesNotSupported, null)
            : new(proposed.Id, PresentationContextResult.Acceptance, chosen);
    }
}
