namespace Dicom.Net.DataSets;

/// <summary>How this library names itself in files (PS3.10 §7.1) and associations (PS3.7 Annex D.3.3.2).</summary>
internal static class Implementation
{
    /// <summary>The Implementation Class UID: a random UUID under 2.25 (PS3.5 Annex B.2).</summary>
    public const string ClassUid = "2.25.275068090102989557404400963983503501488";

    /// <summary>The Implementation Version Name, of at most 16 characters.</summary>
    public const string VersionName = "DICOM.NET_0.1";
}
