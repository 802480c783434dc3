namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

public sealed class SubOperationsTests
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
        var counts = new SubOperations(statuses.Length);

        Array.ForEach(statuses, status => counts.Add("1.2.3", (DicomCommandStatusType)status));

        Assert.Equal((expected, 0), ((int)counts.Outcome, counts.Remaining));
    }

    [Fact]
    public void FailedInstances_Point56_AreNamed()
    {
        var counts = new SubOperations(3);

        counts.Add("1.1", DicomCommandStatusType.OutOfResources);
        counts.Add("1.2", DicomCommandStatusType.Success);
        counts.Add("1.3", DicomCommandStatusType.ProcessingFailure);

        using var identifier = counts.FailedInstances()!;
        Assert.Equal(["1.1", "1.3"], identifier.GetStrings(DicomTag.FailedSOPInstanceUIDList));
    }

    [Fact]
    public void FailedInstances_NoneFailed_IsNull() => Assert.Null(new SubOperations(0).FailedInstances());
}
