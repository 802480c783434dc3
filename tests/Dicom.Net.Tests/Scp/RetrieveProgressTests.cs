namespace Dicom.Net.Tests.Scp;

/// <summary>What a retrieval's final response says.</summary>
public sealed class RetrieveProgressTests
{
    [Theory]
    [InlineData(new int[0], 0x0000)]
    [InlineData(new[] { 0x0000, 0x0000 }, 0x0000)]
    [InlineData(new[] { 0x0000, 0xA700 }, 0xB000)]
    [InlineData(new[] { 0x0000, 0xB000 }, 0xB000)]
    [InlineData(new[] { 0xB007, 0xC000 }, 0xB000)]
    [InlineData(new[] { 0xA700, 0xC000 }, 0xA702)]
    public void Outcome_Point56_IsThatOfAll(int[] statuses, int expected)
    {
        var progress = new RetrieveProgress { Total = statuses.Length };

        Array.ForEach(statuses, status => progress.Add("1.2.3", (DicomCommandStatusType)status));

        Assert.Equal((expected, 0), ((int)progress.Outcome, progress.Remaining));
    }

    [Fact]
    public void FailedInstances_Point56_AreNamed()
    {
        var progress = new RetrieveProgress { Total = 3 };

        progress.Add("1.1", DicomCommandStatusType.OutOfResources);
        progress.Add("1.2", DicomCommandStatusType.Success);
        progress.Add("1.3", DicomCommandStatusType.ProcessingFailure);

        using var identifier = progress.FailedInstances()!;
        Assert.Equal(["1.1", "1.3"], identifier.GetStrings(DicomTag.FailedSOPInstanceUIDList));
    }

    [Fact]
    public void FailedInstances_NoneFailed_IsNull() => Assert.Null(new RetrieveProgress().FailedInstances());

    [Fact]
    public void FailedInstances_MoreThanTheElementHolds_AreCountedAndCanBeSent()
    {
        const int Count = 2000;
        var progress = new RetrieveProgress { Total = Count };

        for (var i = 0; i < Count; i++)
        {
            progress.Add($"{i:D64}", DicomCommandStatusType.OutOfResources);
        }

        using var identifier = progress.FailedInstances()!;
        using var encoded = identifier.Encode(DicomUids.ExplicitVRLittleEndian);
        Assert.Equal(Count, progress.Failed);
        Assert.Equal(1008, identifier.GetStrings(DicomTag.FailedSOPInstanceUIDList).Length); // 65534 / 65.
    }

    [Theory]
    [InlineData("1.2.3ä")]
    [InlineData("1.2\\3.4")]
    [InlineData("1.2.3.ABC")]
    [InlineData("11111111111111111111111111111111111111111111111111111111111111111")] // 65.
    public void FailedInstances_OneIsNoUid_IsCountedAndNotNamed(string instance)
    {
        var progress = new RetrieveProgress { Total = 2 };

        progress.Add(instance, DicomCommandStatusType.ProcessingFailure);
        Assert.Null(progress.FailedInstances());
        progress.Add("1.1", DicomCommandStatusType.ProcessingFailure);

        using var identifier = progress.FailedInstances()!;
        Assert.Equal(["1.1"], identifier.GetStrings(DicomTag.FailedSOPInstanceUIDList));
        Assert.Equal(2, progress.Failed);
    }

    [Fact]
    public void Remaining_MoreThanThereShouldBe_IsNoneAtLeast()
    {
        var progress = new RetrieveProgress { Total = 1 };

        progress.Add("1.1", DicomCommandStatusType.Success);
        progress.Add("1.2", DicomCommandStatusType.Success);

        Assert.Equal((0, 2), (progress.Remaining, progress.Completed));
    }
}
