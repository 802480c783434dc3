using System.Globalization;
using System.Security.Cryptography;

namespace Dicom.Net.Tool.Bench;

/// <summary>Made-up instances to send: secondary captures with noise, each with a UID of its own.</summary>
internal sealed class Instances : IDisposable
{
    private readonly DicomDataSet _instance = new(DicomUids.ExplicitVRLittleEndian);

    /// <param name="size">Bytes of the pixel data.</param>
    public Instances(int size)
    {
        var noise = new byte[size];
        Random.Shared.NextBytes(noise);
        _instance.Set(DicomTag.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
        _instance.Set(DicomTag.PatientName, "Bench^Dicomnet");
        _instance.Set(DicomTag.PatientID, "BENCH");
        _instance.Set(DicomTag.StudyInstanceUID, NewUid());
        _instance.Set(DicomTag.SeriesInstanceUID, NewUid());
        _instance.SetBytes(DicomTag.PixelData, DicomVR.OW, noise);
    }

    /// <summary>The next one, in place of the one before.</summary>
    public DicomDataSet Next()
    {
        _instance.Set(DicomTag.SOPInstanceUID, NewUid());
        return _instance;
    }

    public void Dispose() => _instance.Dispose();

    /// <summary>From the arc of UUIDs (PS3.5 §B.2), which it takes as one number.</summary>
    private static string NewUid() => $"2.25.{new UInt128(Half(), Half()).ToString(CultureInfo.InvariantCulture)}";

    private static ulong Half() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
