namespace Dicom.Net.Samples;

/// <summary>What is kept of what a peer wanted to have kept: the event information of storage commitment (PS3.4 Table J.3-2).</summary>
/// <param name="DicomEvent">The event type: all is kept, or some is not.</param>
/// <param name="Information">The event information.</param>
internal sealed record CommitmentReport(int DicomEvent, DicomDataSet Information)
{
    // PS3.4 §J.3.3.1.1.
    private const int AllKept = 1;
    private const int SomeNotKept = 2;

    /// <summary>Looks for each instance: in the index, and whether its file is there.</summary>
    /// <exception cref="IOException">That cannot be told.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static CommitmentReport Of(CommitmentRequest request, Archive archive)
    {
        var kept = new List<DicomDataSet>();
        var failed = new List<DicomDataSet>();
        foreach (var (sopClass, instance) in request.References)
        {
            var item = new DicomDataSet();
            item.Set(DicomTag.ReferencedSOPClassUID, sopClass);
            item.Set(DicomTag.ReferencedSOPInstanceUID, instance);
            if (FailureOf(sopClass, instance, archive) is not DicomCommandStatusType.Success and var reason)
            {
                // PS3.3 §C.14.1.1: the reasons are statuses.
                item.Set(DicomTag.FailureReason, (long)reason);
                failed.Add(item);
            }
            else
            {
                kept.Add(item);
            }
        }

        return Make(request.Transaction, kept, failed);
    }

    private static CommitmentReport Make(string transaction, List<DicomDataSet> kept, List<DicomDataSet> failed)
    {
        var information = new DicomDataSet();
        information.Set(DicomTag.TransactionUID, transaction);
        if (kept.Count > 0)
        {
            information.SetItems(DicomTag.ReferencedSOPSequence, kept);
        }

        if (failed.Count > 0)
        {
            information.SetItems(DicomTag.FailedSOPSequence, failed);
        }

        return new(failed.Count == 0 ? AllKept : SomeNotKept, information);
    }

    private static DicomCommandStatusType FailureOf(string sopClass, string instance, Archive archive) =>
        archive.Index.Find(instance) switch
        {
            null => DicomCommandStatusType.NoSuchSopInstance,
            var stored when !archive.Has(stored) => DicomCommandStatusType.NoSuchSopInstance,
            var stored when stored.SopClass != sopClass => DicomCommandStatusType.ClassInstanceConflict,
            _ => DicomCommandStatusType.Success,
        };
}
