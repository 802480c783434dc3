namespace Dicom.Net.DataSets;

/// <summary>Which half of the code table a set is invoked from: bytes below 80H (G0) or above (G1) (PS3.5 §6.1.2.5).</summary>
internal enum CodeElement
{
    G0,
    G1,
}
