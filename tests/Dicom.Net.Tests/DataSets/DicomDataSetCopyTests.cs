using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.DataSets;

public sealed class DicomDataSetCopyTests
{
    [Fact]
    public void Copy_OfALoadedFile_OutlivesItAndIsChangedAlone()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "x.dcm");
        using var instance = TestInstance.Create();
        instance.Save(path);
        DicomDataSet copy;
        using (var loaded = DicomDataSet.Load(path))
        {
            copy = loaded.Copy();
            copy.Set(DicomTag.PatientName, "Copy");
            Assert.Equal("Test^Facade", loaded.GetString(DicomTag.PatientName));
        }

        using (copy)
        {
            Assert.Equal("Copy", copy.GetString(DicomTag.PatientName));
            Assert.Equal(TestInstance.Uid, copy.GetString(DicomTag.SOPInstanceUID));
        }
    }

    [Fact]
    public void Copy_OfAChangedDataSetAndOfAnItem_HasTheirElements()
    {
        using var item = new DicomDataSet();
        item.Set(DicomTag.ReferencedSOPInstanceUID, "1.2.3");
        using var outer = new DicomDataSet();
        outer.SetItems(DicomTag.ReferencedSOPSequence, item);

        using var copy = outer.Copy();
        using var inner = copy.GetItems(DicomTag.ReferencedSOPSequence)[0].Copy();
        outer.Remove(DicomTag.ReferencedSOPSequence);

        Assert.Single(copy.GetItems(DicomTag.ReferencedSOPSequence));
        Assert.Equal("1.2.3", inner.GetString(DicomTag.ReferencedSOPInstanceUID));
    }

    [Fact]
    public void Copy_OfOneDisposedOf_Throws()
    {
        var dataSet = new DicomDataSet();
        dataSet.Dispose();

        Assert.Throws<ObjectDisposedException>(() => dataSet.Copy());
    }
}
