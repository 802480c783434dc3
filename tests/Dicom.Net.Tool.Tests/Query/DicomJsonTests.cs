using Dicom.Net.Tool.Query;

namespace Dicom.Net.Tool.Tests.Query;

/// <summary>PS3.18 Annex F.</summary>
public sealed class DicomJsonTests : IDisposable
{
    private readonly DicomDataSet _dataSet = new();

    public void Dispose() => _dataSet.Dispose();

    [Fact]
    public void Of_ValuesOfEachKind_AreAsTheModelHasThem()
    {
        _dataSet.Set(DicomTag.ModalitiesInStudy, "CT", "MR");
        _dataSet.Set(DicomTag.SeriesNumber, "7");
        _dataSet.SetText(new(0x0018, 0x0050), DicomVR.DS, "1.5");
        _dataSet.Set(new DicomTag(0x0028, 0x0010), 512);
        _dataSet.SetBytes(new(0x0020, 0x5000), DicomVR.AT, [0x08, 0x00, 0x60, 0x00]);
        _dataSet.SetBytes(new(0x0042, 0x0011), DicomVR.OB, [1, 2, 3, 4]);
        _dataSet.SetBytes(new(0x0008, 0x0428), DicomVR.UV, [1, 0, 0, 0, 0, 0, 0, 0x80, 2, 0, 0, 0, 0, 0, 0, 0]);

        Assert.Equal("""["CT","MR"]""", Value("00080061"));
        Assert.Equal("[7]", Value("00200011"));
        Assert.Equal("[1.5]", Value("00180050"));
        Assert.Equal("[512]", Value("00280010"));
        Assert.Equal("""["00080060"]""", Value("00205000"));
        Assert.Equal("[9223372036854775809,2]", Value("00080428"));
        Assert.Equal("""{"vr":"OB","InlineBinary":"AQIDBA=="}""", DicomJson.Of(_dataSet)["00420011"]!.ToJsonString());
    }

    [Fact]
    public void Of_NoValue_HasTheVRAlone()
    {
        _dataSet.Set(DicomTag.PatientID, "");

        Assert.Equal("""{"vr":"LO"}""", DicomJson.Of(_dataSet)["00100020"]!.ToJsonString());
    }

    [Fact]
    public void Of_Sequence_HasItsItems()
    {
        var item = new DicomDataSet();
        item.Set(DicomTag.Modality, "CT");
        _dataSet.SetItems(DicomTag.ScheduledProcedureStepSequence, item, new DicomDataSet());

        Assert.Equal("""[{"00080060":{"vr":"CS","Value":["CT"]}},{}]""", Value("00400100"));
    }

    [Fact]
    public void Of_NumberThatIsNone_IsText()
    {
        _dataSet.Set(new DicomTag(0x0018, 0x9087), double.NaN);

        Assert.Equal("""["NaN"]""", Value("00189087"));
    }

    private string? Value(string tag) => DicomJson.Of(_dataSet)[tag]!["Value"]?.ToJsonString();
}
