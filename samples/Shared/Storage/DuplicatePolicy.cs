namespace Dicom.Net.Samples;

/// <summary>
/// What becomes of an instance whose UID is that of another one that is kept already. They should be the same (PS3.5 §9): one that is, byte
/// for byte, is kept once, whatever the policy, and acknowledged again, since its sender may have missed the answer. One that cannot be read
/// is not kept: then the new one is stored, whatever the policy.
/// </summary>
internal enum DuplicatePolicy
{
    /// <summary>Both are kept.</summary>
    KeepBoth,

    /// <summary>The one that is there stays; the other is acknowledged and dropped, as some archives do.</summary>
    KeepFirst,

    /// <summary>The new one replaces it, or nothing is changed.</summary>
    Replace,

    /// <summary>
    /// The new one is refused with 0111H, duplicate SOP instance: a failure (PS3.7 Annex C), so that its sender keeps it. The standard names
    /// that code for N-CREATE; a precedent for C-STORE: Orthanc, as an SCU, knows archives that answer so.
    /// </summary>
    Reject,
}
