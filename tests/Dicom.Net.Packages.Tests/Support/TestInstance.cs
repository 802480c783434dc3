namespace Dicom.Net.Packages.Tests.Support;

/// <summary>An instance to send.</summary>
internal static class TestInstance
{
    public const string SopClass = DicomUids.CTImageStorage;

    // From the arc of UUIDs, made for this test (PS3.5 §B.2).
    private const string Uid = "2.25.171004923840293754029384750293847502";

    /// <summary>Makes it, and a file of it.</summary>
    public static DicomDataSet SavedIn(string folder)
    {
        var instance = new DicomDataSet(DicomUids.ExplicitVRLittleEndian);
        instance.Set(DicomTag.SOPClassUID, SopClass);
        instance.Set(DicomTag.SOPInstanceUID, Uid);
        instance.Set(DicomTag.PatientName, "Test^Package");
        instance.SetBytes(DicomTag.PixelData, DicomVR.OW, new byte[1024]);
        instance.Save(Path.Combine(folder, "instance.dcm"));
        return instance;
    }
}
