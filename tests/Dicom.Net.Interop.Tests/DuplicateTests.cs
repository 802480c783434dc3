using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>Two instances with one UID, and what the samples do about it.</summary>
public sealed class DuplicateTests : IDisposable
{
    private const int Bytes = 1000;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("StoreScp", "--out", "keep-both", 0x0000, 2)]
    [InlineData("StoreScp", "--out", "keep-first", 0x0000, 1)]
    [InlineData("StoreScp", "--out", "replace", 0x0000, 1)]
    [InlineData("StoreScp", "--out", "reject", 0x0111, 1)]
    [InlineData("QueryRetrieveScp", "--archive", "keep-first", 0x0000, 1)]
    [InlineData("QueryRetrieveScp", "--archive", "replace", 0x0000, 1)]
    [InlineData("QueryRetrieveScp", "--archive", "reject", 0x0111, 1)]
    public async Task Scp_AnotherOneOfTheSameUid_IsAnsweredByPolicyAndTheSameAgainWithSuccess(
        string sample, string option, string policy, int answer, int kept)
    {
        await using var scp = await Sample.StartScpAsync(sample, option, _folder.Path, "--duplicates", policy);
        using var scu = await StoringScu.AssociateAsync(scp.Port);

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync("1.2.3.1", Bytes, pixel: 1));
        Assert.Equal((DicomCommandStatusType)answer, await scu.StoreAsync("1.2.3.1", Bytes, pixel: 2));
        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync("1.2.3.1", Bytes, pixel: policy == "replace" ? (byte)2 : (byte)1));

        scu.Dispose();
        await scp.StopAsync();
        Assert.Equal(kept, _folder.Files.Count(file => file.EndsWith(".dcm", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task QueryRetrieveScp_PolicyIsNotSaid_AcknowledgesNothingThatItDoesNotKeep()
    {
        await using var scp = await Sample.StartScpAsync("QueryRetrieveScp", "--archive", _folder.Path);
        using var scu = await StoringScu.AssociateAsync(scp.Port);

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync("1.2.3.1", Bytes, pixel: 1));
        Assert.Equal(DicomCommandStatusType.DuplicateSopInstance, await scu.StoreAsync("1.2.3.1", Bytes, pixel: 2));
        scu.Dispose();
        await scp.StopAsync();
    }
}
