namespace Dicom.Net.UpperLayer;

/// <summary>
/// The actions that fill PS3.8 Table 9-10, in the order of Tables 9-6 to 9-9. What each does is said in <see cref="UpperLayerActions"/>.
/// </summary>
internal enum UpperLayerAction : byte
{
    /// <summary>A blank cell: the event cannot happen in that state.</summary>
    None = 0,

    // Table 9-6, association establishment
    AE1, AE2, AE3, AE4, AE5, AE6, AE7, AE8,

    // Table 9-7, data transfer
    DT1, DT2,

    // Table 9-8, association release
    AR1, AR2, AR3, AR4, AR5, AR6, AR7, AR8, AR9, AR10,

    // Table 9-9, association abort
    AA1, AA2, AA3, AA4, AA5, AA6, AA7, AA8,
}
