using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>UIDs that would be paths: what StoreScp does with them when a peer sends them.</summary>
public sealed class HostileNamesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("../1.2.3")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("/tmp/1.2.3")]
    [InlineData("1/2")]
    [InlineData("1\\2")]
    [InlineData("C:1")]
    [InlineData("1..2")]
    [InlineData("1.2.")]
    [InlineData(".1.2")]
    [InlineData("1.2\n3")]
    [InlineData("CON")]
    public async Task StoreScp_InstanceUidIsNoUid_IsRefusedAndNothingIsWritten(string instance)
    {
        var ours = _folder.Sub("ours");
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", ours);

        var status = await StoreAsync(scp, instance);

        Assert.Equal(DicomCommandStatusType.InvalidSopInstance, status);
        await scp.StopAsync();
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task StoreScp_InstanceUidIsTooLong_IsRefusedAndNothingIsWritten()
    {
        var ours = _folder.Sub("ours");
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", ours);

        var status = await StoreAsync(scp, new string('1', 65));

        Assert.True(status.IsFailure(), $"{status}");
        await scp.StopAsync();
        Assert.Empty(_folder.Files);
    }

    private static async Task<DicomCommandStatusType> StoreAsync(SampleScp scp, string instance)
    {
        var answer = new TaskCompletionSource<DicomCommandStatusType>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.PatientName, "Hostile");
        using var scu = new DicomNet(null, DicomNetSecurityMode.None);
        scu.Connected += (_, _) => scu.SendAssociateRequest(Request()).ThrowIfFailed();
        scu.AssociateAcceptReceived += (_, _) => scu.SendCStoreRequest(
            1, 1, DicomUids.SecondaryCaptureImageStorage, instance, DicomCommandPriorityType.Medium, null, 0, dataSet).ThrowIfFailed();
        scu.CStoreResponseReceived += (_, response) => answer.TrySetResult(response.Status);
        scu.Closed += (_, closed) => answer.TrySetException(new IOException($"closed: {closed.Error}"));
        scu.Connect(null, 0, "127.0.0.1", int.Parse(scp.Port, CultureInfo.InvariantCulture)).ThrowIfFailed();
        return await answer.Task.WithTimeout();
    }

    private static DicomAssociate Request()
    {
        var request = new DicomAssociate(request: true) { Called = "../ANY", Calling = "/etc" };
        request.Propose(DicomUids.SecondaryCaptureImageStorage, DicomUids.ExplicitVRLittleEndian);
        return request;
    }
}
