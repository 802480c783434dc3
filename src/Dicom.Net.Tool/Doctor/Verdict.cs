namespace Dicom.Net.Tool.Doctor;

/// <summary>What is thought of a finding.</summary>
internal enum Verdict
{
    Good,
    Doubtful,
    Bad,
}
