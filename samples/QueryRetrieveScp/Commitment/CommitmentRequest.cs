namespace Dicom.Net.Samples;

/// <summary>What a peer wants to have kept for good: the action information of a storage commitment request (PS3.4 Table J.3-1).</summary>
internal sealed record CommitmentRequest(string Transaction, IReadOnlyList<(string SopClass, string Instance)> References)
{
    /// <summary>Reads the action information.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static CommitmentRequest Parse(DicomDataSet? information)
    {
        if (information is null || !information.TryGetItems(DicomTag.ReferencedSOPSequence, out var items) || items.Count == 0)
        {
            throw new FormatException("there is no Referenced SOP Sequence");
        }

        var transaction = Identifier.TextOf(information, DicomTag.TransactionUID);
        return UidText.IsUid(transaction)
            ? new(transaction, [.. items.Select(ReferenceOf)])
            : throw new FormatException("there is no Transaction UID");
    }

    private static (string SopClass, string Instance) ReferenceOf(DicomDataSet item) =>
        (Identifier.TextOf(item, DicomTag.ReferencedSOPClassUID), Identifier.TextOf(item, DicomTag.ReferencedSOPInstanceUID));
}
