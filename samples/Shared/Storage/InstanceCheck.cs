namespace Dicom.Net.Samples;

/// <summary>Whether what came with a C-STORE is what its command set says.</summary>
internal static class InstanceCheck
{
    /// <summary>Compares the UIDs of the command set with those of the data set: under which of two would it be found again?</summary>
    /// <exception cref="InstanceException">They are not the same, or it cannot be told.</exception>
    public static void Require(DicomDataSet dataSet, string sopClass, string instance)
    {
        if (!UidText.IsUid(instance))
        {
            throw new InstanceException(DicomCommandStatusType.InvalidSopInstance, "this is no UID");
        }

        try
        {
            RequireSame(dataSet, DicomTag.SOPInstanceUID, instance);
            RequireSame(dataSet, DicomTag.SOPClassUID, sopClass);
        }
        catch (DataSetException error)
        {
            throw new InstanceException(DicomCommandStatusType.CannotUnderstand, error.Message);
        }
    }

    private static void RequireSame(DicomDataSet dataSet, DicomTag tag, string commanded)
    {
        if (!dataSet.TryGetString(tag, out var uid) || uid != commanded)
        {
            // PS3.4 Table B.2-1.
            throw new InstanceException(
                DicomCommandStatusType.DataSetDoesNotMatchSopClass,
                $"{DicomDictionary.GetKeyword(tag)} of the data set is not that of the command set");
        }
    }
}
