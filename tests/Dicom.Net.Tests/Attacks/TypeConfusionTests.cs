using System.Text;
using Dicom.Net.DataSets;
using Dicom.Net.Tests.DataSets;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Elements of a value representation that nobody expects there (CVE-2024-28130, CVE-2026-44628): every VR, with 0 to 3 values, under the tags
/// of every kind, asked for in every way. What the samples read: the tests of the same name there.
/// </summary>
public sealed class TypeConfusionTests
{
    private static readonly string[] VRs =
    [
        .. Enum.GetValues<DicomVR>().Select(vr => vr.ToString()).Where(name => name.Length == 2), "ZZ",
    ];

    // Of text, of numbers of each size, of sequences, of UIDs, of bulk, and none that the dictionary knows.
    private static readonly DicomTag[] Tags =
    [
        DicomTag.PatientName, DicomTag.SpecificCharacterSet, DicomTag.Rows, new(0x0028, 0x0103), new(0x0028, 0x0106), new(0x0020, 0x0032),
        DicomTag.ReferencedSOPSequence, DicomTag.SOPInstanceUID, new(0x0028, 0x0009), new(0x7FE0, 0x0010), new(0x0009, 0x1001),
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var vr in VRs)
            {
                for (var values = 0; values <= 3; values++)
                {
                    cases.Add(vr, values);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Element_OfAnyKind_IsReadOrRefusedAsDocumented(string vr, int values)
    {
        foreach (var tag in Tags)
        {
            foreach (var value in Values(vr, values))
            {
                using var dataSet = EncodedBytes.Parse(Bytes(tag, vr, value));
                Assert.All(Reads(tag), read => AssertDocumented(Record.Exception(() => { _ = read(dataSet); })));
                AssertDocumented(Record.Exception(() => dataSet.Encode(DicomUids.ImplicitVRLittleEndian).Dispose()));
                AssertDocumented(Record.Exception(() => dataSet.Encode(DicomUids.ExplicitVRBigEndian).Dispose()));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Meta_ElementOfAnyKind_IsReadOrRefused(string vr, int values)
    {
        // PS3.10 Table 7.1-1: group length, version, class, instance, transfer syntax, implementation.
        foreach (var element in (ushort[])[0x0000, 0x0001, 0x0002, 0x0003, 0x0010, 0x0012, 0x0013])
        {
            foreach (var value in Values(vr, values))
            {
                var transferSyntax = Bytes(new(0x0002, 0x0010), "UI", Encoding.ASCII.GetBytes("1.2.840.10008.1.2.1\0"));
                var odd = Bytes(new(0x0002, element), vr, value);
                byte[] file = [.. new byte[128], .. "DICM"u8, .. odd, .. element == 0x0010 ? [] : transferSyntax];
                Assert.True(Record.Exception(() => FileMetaInformation.Read(file, out _)) is null or DataSetException);
            }
        }
    }

    private static Func<DicomDataSet, object?>[] Reads(DicomTag tag) =>
    [
        dataSet => dataSet.GetString(tag), dataSet => dataSet.TryGetString(tag, out _), dataSet => dataSet.GetStrings(tag),
        dataSet => dataSet.GetInt32(tag), dataSet => dataSet.TryGetInt32(tag, out _), dataSet => dataSet.GetInt32(tag, 2),
        dataSet => dataSet.TryGetInt64(tag, out _), dataSet => dataSet.GetUInt16(tag), dataSet => dataSet.TryGetUInt16(tag, out _),
        dataSet => dataSet.GetDouble(tag), dataSet => dataSet.GetDouble(tag, 2), dataSet => dataSet.TryGetDouble(tag, out _),
        dataSet => dataSet.GetBytes(tag), dataSet => dataSet.GetItems(tag).SelectMany(item => item).ToList(),
        dataSet => dataSet.TryGetItems(tag, out _), dataSet => dataSet.GetString(DicomTag.PatientID), dataSet => dataSet.ToList(),
        dataSet => dataSet.ToString(),
    ];

    // What GetString and its like say of a wrong VR, of a value that is not there, and of malformed bytes.
    private static void AssertDocumented(Exception? error) => Assert.True(
        error is null or DataSetException or InvalidOperationException or FormatException or KeyNotFoundException, error?.ToString());

    /// <summary>So many values, as the VR should have them; and bytes that are none.</summary>
    private static IEnumerable<byte[]> Values(string vr, int count)
    {
        yield return vr switch
        {
            "SQ" => EncodedBytes.Join([.. Enumerable.Repeat(EncodedBytes.Item(), count)]),
            "US" or "SS" or "OW" => new byte[2 * count],
            "UL" or "SL" or "FL" or "AT" or "OF" or "OL" => new byte[4 * count],
            "FD" or "UV" or "SV" or "OD" or "OV" => new byte[8 * count],
            _ => EncodedBytes.Ascii(string.Join('\\', Enumerable.Repeat("1.5", count))),
        };
        yield return [.. Enumerable.Range(0, count).Select(number => (byte)(0xFE + number))];
        yield return [.. Enumerable.Repeat((byte)'\\', count)];
    }

    private static byte[] Bytes(DicomTag tag, string vr, byte[] value) =>
        EncodedBytes.Explicit(((uint)tag.Group << 16) | tag.Element, vr, value);
}
