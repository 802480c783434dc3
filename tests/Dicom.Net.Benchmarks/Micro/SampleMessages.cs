using Dicom.Net.DataSets;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net.Benchmarks.Micro;

/// <summary>What the micro-benchmarks read and write.</summary>
internal static class SampleMessages
{
    /// <summary>As long as one made of a UUID (PS3.5 Annex B.2).</summary>
    public const string InstanceUid = "2.25.329800735698586629295641978511506172918";

    public static ReadOnlyMemory<byte> EchoRequest { get; } = CommandSet.CEchoRq(1, DicomUids.Verification).Encode();

    public static ReadOnlyMemory<byte> StoreRequest { get; } = CommandSet.CStoreRq(1, DicomUids.CTImageStorage, InstanceUid).Encode();

    /// <summary>A request with as many presentation contexts, each with two transfer syntaxes.</summary>
    public static AAssociateRq AssociateRequest(int contexts)
    {
        string[] transferSyntaxes = [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian];
        return new()
        {
            CalledAETitle = "ANY-SCP",
            CallingAETitle = "DICOMNET",
            // Identifiers are odd (PS3.8 §9.3.2.2).
            PresentationContexts =
            [
                .. Enumerable.Range(0, contexts)
                    .Select(i => new PresentationContextRq((byte)(2 * i + 1), DicomUids.CTImageStorage, transferSyntaxes)),
            ],
            UserInformation = new()
            {
                MaximumLength = 128 * 1024,
                ImplementationClassUid = Implementation.ClassUid,
                ImplementationVersionName = Implementation.VersionName,
            },
        };
    }

    /// <summary>An encoded study-level query identifier (PS3.4 §C.4.1.1.3).</summary>
    public static byte[] Identifier()
    {
        using var identifier = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
        identifier.Set(DicomTag.QueryRetrieveLevel, "STUDY");
        identifier.Set(DicomTag.StudyDate, "20260101-20261231");
        identifier.Set(DicomTag.AccessionNumber, "ACC0001");
        identifier.Set(DicomTag.PatientName, "Bench^Load");
        identifier.Set(DicomTag.PatientID, "BENCH0001");
        identifier.Set(DicomTag.StudyInstanceUID, InstanceUid);
        using var encoded = identifier.Encode(DicomUids.ImplicitVRLittleEndian);
        var bytes = new byte[encoded.Length];
        encoded.ReadExactly(0, bytes);
        return bytes;
    }
}
