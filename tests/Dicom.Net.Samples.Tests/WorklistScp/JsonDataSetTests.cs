using System.Text;
using System.Text.Json;

namespace Dicom.Net.Samples.Tests.WorklistScp;

/// <summary>The DICOM JSON model, PS3.18 Annex F.</summary>
public sealed class JsonDataSetTests
{
    [Fact]
    public void Parse_Entry_HasItsValues()
    {
        using var dataSet = Parse("""
            {
              "00080005": { "vr": "CS", "Value": ["ISO_IR 192"] },
              "00100010": { "vr": "PN", "Value": [{ "Alphabetic": "Yamada^Tarou", "Ideographic": "山田^太郎" }] },
              "00100020": { "vr": "LO", "Value": ["12345"] },
              "00101030": { "vr": "DS", "Value": [72.5] },
              "00280010": { "vr": "US", "Value": [512] },
              "00080060": { "vr": "CS" },
              "00400100": { "vr": "SQ", "Value": [ { "00080060": { "vr": "CS", "Value": ["CT"] } } ] },
              "00090010": { "vr": "LO", "Value": ["OURS"] },
              "00091001": { "vr": "UN", "InlineBinary": "AAECAw==" }
            }
            """);

        Assert.Equal("Yamada^Tarou=山田^太郎", dataSet.GetString(DicomTag.PatientName));
        Assert.Equal("12345", dataSet.GetString(DicomTag.PatientID));
        Assert.Equal(72.5, dataSet.GetDouble(DicomTag.PatientWeight));
        Assert.Equal(512, dataSet.GetInt32(DicomTag.Rows));
        Assert.Equal("", dataSet.GetString(DicomTag.Modality));
        Assert.Equal("CT", Assert.Single(dataSet.GetItems(DicomTag.ScheduledProcedureStepSequence)).GetString(DicomTag.Modality));
        Assert.Equal([0, 1, 2, 3], dataSet.GetBytes(new DicomTag(0x0009, 0x1001)));
    }

    [Fact]
    public void Parse_TagsAndNulls_AreValues()
    {
        using var dataSet = Parse("""
            { "00280009": { "vr": "AT", "Value": ["00181063"] }, "00080008": { "vr": "CS", "Value": ["ORIGINAL", null, "AXIAL"] } }
            """);

        Assert.Equal(0x00181063, dataSet.GetInt64(new DicomTag(0x0028, 0x0009)));
        Assert.Equal(["ORIGINAL", "", "AXIAL"], dataSet.GetStrings(DicomTag.ImageType));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{ "PatientName": { "vr": "PN" } }""")]
    [InlineData("""{ "00100010": "Doe" }""")]
    [InlineData("""{ "00100020": { "vr": "LO", "Value": [true] } }""")]
    [InlineData("""{ "00100020": { "vr": "LO", "Value": "P1" } }""")]
    [InlineData("""{ "00280010": { "vr": "US", "Value": ["many"] } }""")]
    [InlineData("""{ "7FE00010": { "vr": "OW", "BulkDataURI": "http://example.org/pixels" } }""")]
    [InlineData("""{ "00400100": { "vr": "SQ", "Value": ["item"] } }""")]
    [InlineData("""{ "00280009": { "vr": "AT", "Value": ["123456789"] } }""")]
    [InlineData("""{ "00280009": { "vr": "AT", "Value": ["FrameTime"] } }""")]
    [InlineData("""{ "\ud800": { "vr": "PN" } }""")]
    [InlineData("""{ "00100010": { "vr": "PN", "Value": ["\ud800"] } }""")]
    [InlineData("""{ "00280010": { "vr": "US", "Value": [1e400] } }""")]
    [InlineData("""{ "00280010": { "vr": "US", "Value": [99999999999999999999] } }""")]
    [InlineData("""{ "00280010": { "vr": "US", "Value": [-1] } }""")]
    [InlineData("""{ "00100010": { "vr": "99", "Value": ["x"] } }""")]
    [InlineData("""{ "00100010": { "vr": 5, "Value": ["x"] } }""")]
    [InlineData("""{ "00100010": { "vr": "SQ", "Value": [{}] } }""")]
    [InlineData("""{ "FFFEE000": { "vr": "LO", "Value": ["x"] } }""")]
    [InlineData("""{ "7FE00010": { "vr": "OW", "Value": ["x"] } }""")]
    [InlineData("""{ "7FE00010": { "vr": "OW", "InlineBinary": "%" } }""")]
    [InlineData("""{ "00400100": { "vr": "SQ", "InlineBinary": "AAEC" } }""")]
    [InlineData("""{ "00280008": { "vr": "SV", "Value": [99999999999999999999] } }""")]
    public void Parse_NoDataSet_IsRefused(string json) => Assert.Throws<FormatException>(() => Parse(json));

    [Fact]
    public void Parse_NoJson_IsRefused() => Assert.ThrowsAny<JsonException>(() => Parse("{"));

    private static DicomDataSet Parse(string json) => JsonDataSet.Parse(Encoding.UTF8.GetBytes(json));
}
