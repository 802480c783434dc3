using Dicom.Net.Tests.Architecture;

namespace Dicom.Net.Hosting.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_OfHosting_IsTheApprovedOne() => ApprovedApi.AssertIsApproved(
        typeof(DicomListener).Assembly, "Dicom.Net.Hosting.Tests", "PublicApi.approved.txt");
}
