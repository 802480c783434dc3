namespace Dicom.Net.Tests;

/// <summary>An instance to store, as small or as large as a test needs it.</summary>
internal static class TestInstance
{
    public const string SopClass = DicomUids.SecondaryCaptureImageStorage;

    /// <summary>From the arc of UUIDs, made for this test (PS3.5 §B.2).</summary>
    public const string Uid = "2.25.91283312384712398712398471239847";

    public static DicomDataSet Create(int pixelBytes = 64)
    {
        var instance = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
        instance.Set(DicomTag.SOPClassUID, SopClass);
        instance.Set(DicomTag.SOPInstanceUID, Uid);
        instance.Set(DicomTag.PatientName, "Test^Facade");
        var pixels = new byte[pixelBytes];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(i % 251); // 251: prime, so that no block of a power of two repeats.
        }

        instance.SetBytes(DicomTag.PixelData, DicomVR.OW, pixels);
        return instance;
    }

    public static byte[] Encoded(DicomDataSet instance)
    {
        using var encoded = instance.Encode(DicomUids.ImplicitVRLittleEndian);
        var bytes = new byte[encoded.Length];
        encoded.ReadExactly(0, bytes);
        return bytes;
    }
}
