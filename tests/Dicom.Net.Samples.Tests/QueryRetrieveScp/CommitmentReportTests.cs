namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

/// <summary>Storage commitment, PS3.4 Annex J: what is reported.</summary>
public sealed class CommitmentReportTests : ArchiveOfOne
{
    [Fact]
    public void Of_AllKept_SaysSo()
    {
        var report = Report((DicomUids.CTImageStorage, "1.2.1.1.1"));

        Assert.Equal(1, report.DicomEvent);
        Assert.Equal("1.2.99", report.Information.GetString(DicomTag.TransactionUID));
        Assert.Equal("1.2.1.1.1", Assert.Single(report.Information.GetItems(DicomTag.ReferencedSOPSequence))
            .GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.False(report.Information.Contains(DicomTag.FailedSOPSequence));
    }

    [Theory]
    [InlineData(DicomUids.CTImageStorage, "1.2.1.1.2", 0x0112)]
    [InlineData(DicomUids.MRImageStorage, "1.2.1.1.1", 0x0119)]
    [InlineData("", "", 0x0112)]
    public void Of_SomeNotKept_SaysWhichAndWhy(string sopClass, string instance, int reason)
    {
        var report = Report((DicomUids.CTImageStorage, "1.2.1.1.1"), (sopClass, instance));

        Assert.Equal(2, report.DicomEvent);
        Assert.Single(report.Information.GetItems(DicomTag.ReferencedSOPSequence));
        var failed = Assert.Single(report.Information.GetItems(DicomTag.FailedSOPSequence));
        Assert.Equal((instance, reason), (failed.GetString(DicomTag.ReferencedSOPInstanceUID), failed.GetInt32(DicomTag.FailureReason)));
    }

    [Fact]
    public void Of_FileIsGone_IsNotKept()
    {
        Array.ForEach(Directory.GetFiles(Folder.Folder.FullName, "*.dcm", SearchOption.AllDirectories), File.Delete);

        Assert.Equal(2, Report((DicomUids.CTImageStorage, "1.2.1.1.1")).DicomEvent);
    }

    [Fact]
    public void Of_FileCannotBeLookedAt_IsNotSaidToBeGone()
    {
        var study = Folder.PathOf("1.2.1");
        Directory.Delete(study, recursive: true);
        Directory.CreateSymbolicLink(study, study);

        Assert.Throws<IOException>(() => Report((DicomUids.CTImageStorage, "1.2.1.1.1")));
    }

    [Fact]
    public void Parse_NoReferences_IsRefused()
    {
        using var information = new DicomDataSet();
        information.Set(DicomTag.TransactionUID, "1.2.99");

        Assert.Throws<FormatException>(() => CommitmentRequest.Parse(information));
        Assert.Throws<FormatException>(() => CommitmentRequest.Parse(null));
    }

    private CommitmentReport Report(params (string SopClass, string Instance)[] references)
    {
        using var information = new DicomDataSet();
        information.Set(DicomTag.TransactionUID, "1.2.99");
        information.SetItems(DicomTag.ReferencedSOPSequence, references.Select(reference =>
        {
            var item = new DicomDataSet();
            item.Set(DicomTag.ReferencedSOPClassUID, reference.SopClass);
            item.Set(DicomTag.ReferencedSOPInstanceUID, reference.Instance);
            return item;
        }));
        return CommitmentReport.Of(CommitmentRequest.Parse(information), Archive);
    }
}
