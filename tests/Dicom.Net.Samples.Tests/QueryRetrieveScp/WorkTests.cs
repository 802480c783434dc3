namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

/// <summary>Who may keep the archive busy: nobody alone.</summary>
public sealed class WorkTests
{
    [Theory]
    [InlineData(16, 8)]
    [InlineData(7, 3)]
    [InlineData(1, 1)]
    public void Enter_MoreThanTheShareOfAnAddress_IsRefusedToItAlone(int most, int share)
    {
        var work = new Work(most);
        var places = Enumerable.Range(0, share).Select(_ => Enter(work, "192.0.2.1")).ToList();

        AssertRefused(work, "192.0.2.1");

        if (most > 1)
        {
            Enter(work, "192.0.2.2").Dispose();
        }

        places[0].Dispose();
        places[0].Dispose();
        Enter(work, "192.0.2.1");
        AssertRefused(work, "192.0.2.1");
    }

    [Fact]
    public void Enter_AllPlacesAreTaken_IsRefusedToEverybody()
    {
        var work = new Work(3);
        var place = Enter(work, "192.0.2.1");
        Enter(work, "192.0.2.2");
        Enter(work, "192.0.2.3");

        AssertRefused(work, "192.0.2.4");

        place.Dispose();
        Enter(work, "192.0.2.4");
    }

    private static IDisposable Enter(Work work, string address) => work.Enter(address, DicomCommandStatusType.OutOfResources);

    private static void AssertRefused(Work work, string address) =>
        Assert.Equal(DicomCommandStatusType.OutOfResources, Assert.Throws<DicomRefusalException>(() => Enter(work, address)).Status);
}
