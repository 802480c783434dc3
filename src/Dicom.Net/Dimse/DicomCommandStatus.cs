namespace Dicom.Net;

/// <summary>The status classes of PS3.7 Annex C. Every status is of exactly one class.</summary>
public static class DicomCommandStatus
{
    /// <summary>Whether the operation is done as asked: 0000H (PS3.7 Annex C).</summary>
    /// <param name="status">Any 16-bit status.</param>
    /// <returns>True for 0000H only; a warning is no success in this sense.</returns>
    public static bool IsSuccess(this DicomCommandStatusType status) => status is DicomCommandStatusType.Success;

    /// <summary>Whether more responses follow: FF00H and FF01H (PS3.7 Annex C).</summary>
    /// <param name="status">Any 16-bit status.</param>
    /// <returns>True if this response is not the last.</returns>
    public static bool IsPending(this DicomCommandStatusType status) =>
        status is DicomCommandStatusType.Pending or DicomCommandStatusType.PendingWarning;

    /// <summary>Whether the operation is done with a deviation: 0001H, 0107H, 0116H and BxxxH (PS3.7 Annex C).</summary>
    /// <param name="status">Any 16-bit status.</param>
    /// <returns>True if the operation was performed and something is to be noted.</returns>
    public static bool IsWarning(this DicomCommandStatusType status) =>
        status is DicomCommandStatusType.Warning or DicomCommandStatusType.AttributeListError
            or DicomCommandStatusType.AttributeValueOutOfRange
            or (>= (DicomCommandStatusType)0xB000 and <= (DicomCommandStatusType)0xBFFF);

    /// <summary>Whether the operation ended because a C-CANCEL-RQ asked for it: FE00H (PS3.7 Annex C).</summary>
    /// <param name="status">Any 16-bit status.</param>
    /// <returns>True for FE00H only.</returns>
    public static bool IsCancel(this DicomCommandStatusType status) => status is DicomCommandStatusType.Cancel;

    /// <summary>Whether the operation was not performed: AxxxH, CxxxH, 01xxH and 02xxH but for the warnings (PS3.7 Annex C).</summary>
    /// <param name="status">Any 16-bit status.</param>
    /// <returns>
    /// True for every status of no other class: a code that the standard forbids must not be taken for a success.
    /// </returns>
    public static bool IsFailure(this DicomCommandStatusType status) =>
        !status.IsSuccess() && !status.IsPending() && !status.IsWarning() && !status.IsCancel();

    /// <summary>The class's name, for attributes of metrics and spans.</summary>
    internal static string ClassOf(DicomCommandStatusType status) =>
        status.IsSuccess() ? "success" : status.IsPending() ? "pending" : status.IsWarning() ? "warning" : status.IsCancel() ? "cancel" : "failure";
}
