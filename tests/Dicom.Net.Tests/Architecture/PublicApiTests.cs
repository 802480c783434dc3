namespace Dicom.Net.Tests.Architecture;

public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheLibrary_IsTheApprovedOne() => ApprovedApi.AssertIsApproved(
        typeof(DicomNet).Assembly, "Dicom.Net.Tests", Path.Combine("Architecture", "PublicApi.approved.txt"));
}
