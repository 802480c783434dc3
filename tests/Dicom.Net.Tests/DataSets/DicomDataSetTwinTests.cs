using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.DataSets;

/// <summary>The members under LEADTOOLS' names.</summary>
public sealed class DicomDataSetTwinTests
{
    [Fact]
    public void GetValue_TextAndNumbers_AreOfTheTypeAskedFor()
    {
        using var dataSet = new DicomDataSet();
        dataSet.InsertElementAndSetValue(DicomTag.PatientName, "Doe^Jane");
        dataSet.InsertElementAndSetValue(DicomTag.Rows, 512);
        dataSet.InsertElementAndSetValue(DicomTag.InstanceNumber, "7");
        dataSet.InsertElementAndSetValue(DicomTag.PatientID, null);

        Assert.Equal("Doe^Jane", dataSet.GetValue(DicomTag.PatientName, ""));
        Assert.Equal(512, dataSet.GetValue(DicomTag.Rows, 0));
        Assert.Equal((byte)7, dataSet.GetValue<byte>(DicomTag.InstanceNumber, 0));
        Assert.Equal(7.0, dataSet.GetValue(DicomTag.InstanceNumber, 0.0));
        Assert.Equal(byte.MaxValue, dataSet.GetValue(DicomTag.Rows, byte.MaxValue)); // 512 is none.
        Assert.Equal("none", dataSet.GetValue(DicomTag.PatientID, "none"));
        Assert.Equal("none", dataSet.GetValue(DicomTag.StudyInstanceUID, "none"));
        Assert.Throws<NotSupportedException>(() => dataSet.GetValue(DicomTag.Rows, DateTime.MinValue));
    }

    [Fact]
    public void InsertElementAndSetValue_DatesAndSeveralValues_AreWrittenAsTheirVRWants()
    {
        using var dataSet = new DicomDataSet();
        var when = new DateTime(2026, 11, 23, 4, 5, 6, DateTimeKind.Unspecified);

        dataSet.InsertElementAndSetValue(DicomTag.StudyDate, when);
        dataSet.InsertElementAndSetValue(DicomTag.StudyTime, when);
        string[] imageType = ["ORIGINAL", "PRIMARY"];
        dataSet.InsertElementAndSetValue(DicomTag.ImageType, imageType);

        Assert.Equal("20261123", dataSet.GetString(DicomTag.StudyDate));
        Assert.Equal("040506.000000", dataSet.GetString(DicomTag.StudyTime));
        Assert.Equal(imageType, dataSet.GetStrings(DicomTag.ImageType));
    }

    [Fact]
    public void LoadAndSave_WithFlags_ReplaceWhatWasThere()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "x.dcm");
        using var instance = TestInstance.Create();
        File.WriteAllText(path, "something else");

        instance.Save(path, DicomDataSetSaveFlags.None);
        using var loaded = new DicomDataSet();
        loaded.InsertElementAndSetValue(DicomTag.PatientID, "goes");
        loaded.Load(path, DicomDataSetLoadFlags.LoadAndClose);

        Assert.Equal(TestInstance.Uid, loaded.GetValue(DicomTag.SOPInstanceUID, ""));
        Assert.False(loaded.Contains(DicomTag.PatientID));
        Assert.Equal(DicomUids.ImplicitVRLittleEndian, loaded.TransferSyntax);
        Assert.Equal(TestInstance.Encoded(instance), TestInstance.Encoded(loaded));
    }
}
