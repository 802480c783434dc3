using Dicom.Net.DataSets;
using Dicom.Net.Dimse;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Services.ServicePair;

namespace Dicom.Net.Tests.Services;

/// <summary>
/// Which answer is whose: a message id is used again as soon as its request was answered, so that a late one must not be taken for the next one's;
/// and one that could not be sent is none.
/// </summary>
public sealed class OpenRequestAnswerTests
{
    private const string Other = "1.2.3.2";

    [Fact]
    public async Task Respond_TheIdIsAnotherRequestsByNow_IsRefusedAndThatOneWaitsOn()
    {
        using var pair = await AssociatedAsync();
        var first = await StoreAsync(pair, Instance);
        pair.Scp.SendCStoreResponse(Context, 1, SopClass, Instance, DicomCommandStatusType.OutOfResources).ThrowIfFailed(); // A watchdog's.
        await pair.ResponseAsync<DicomCStoreResponseEventArgs>();
        var second = await StoreAsync(pair, Other);

        Assert.Equal(DicomExceptionCode.InvalidState, first.Respond(DicomCommandStatusType.Success).Code);
        Assert.Equal(
            DicomExceptionCode.InvalidState,
            pair.Scp.SendCStoreResponse(Context, 1, SopClass, Instance, DicomCommandStatusType.Success).Code);
        Assert.True(first.Cancelled.IsCancellationRequested);
        Assert.Equal(Other, second.DataSet!.GetString(DicomTag.PatientName));
        second.Respond(DicomCommandStatusType.NotAuthorized).ThrowIfFailed();

        var response = await pair.ResponseAsync<DicomCStoreResponseEventArgs>();
        Assert.Equal((Other, DicomCommandStatusType.NotAuthorized), (response.Instance, response.Status));
    }

    [Fact]
    public async Task Respond_PendingOfAnOperationThatWasAnswered_IsRefused()
    {
        using var pair = await AssociatedAsync();
        var first = await FindAsync(pair);
        first.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        await pair.ResponseAsync<DicomCFindResponseEventArgs>();
        var second = await FindAsync(pair);

        using (var match = Saying("late"))
        {
            Assert.Equal(DicomExceptionCode.InvalidState, first.Respond(DicomCommandStatusType.Pending, match).Code);
        }

        Assert.True(first.Cancelled.IsCancellationRequested);
        Assert.False(second.Cancelled.IsCancellationRequested);
        second.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        Assert.Equal(DicomCommandStatusType.Success, (await pair.ResponseAsync<DicomCFindResponseEventArgs>()).Status);
    }

    [Fact]
    public async Task Respond_OnTheNextConnectionOfTheSameObject_IsRefused()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        using var client = new DicomNet(null, DicomNetSecurityMode.None);
        var asked = new List<DicomCEchoRequestEventArgs>();
        var hasAsked = new SemaphoreSlim(0);
        listener.Accepting += (_, _) => listener.Accept(client).ThrowIfFailed();
        client.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll());
        client.CEchoRequestReceived += (_, e) =>
        {
            e.Handled = true;
            asked.Add(e);
            hasAsked.Release();
        };
        TestScp.Listening(listener);
        using (var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification))
        {
            scu.Net.SendCEchoRequest(1, 1, DicomUids.Verification).ThrowIfFailed();
            await hasAsked.WaitAsync(TestContext.Current.CancellationToken).WithTimeout();
        }

        await Eventually.True(() => !client.IsConnected());
        using var next = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var echo = next.EchoAsync();
        await hasAsked.WaitAsync(TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(DicomExceptionCode.InvalidState, asked[0].Respond(DicomCommandStatusType.Success).Code);
        asked[1].Respond(DicomCommandStatusType.NotAuthorized).ThrowIfFailed();
        Assert.Equal(DicomCommandStatusType.NotAuthorized, await echo);
    }

    [Fact]
    public async Task SendData_AnAnswerThatCannotBeEncoded_LeavesTheRequestToAnother()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();
        var echo = await pair.RequestAsync<DicomCEchoRequestEventArgs>();
        var command = CommandSet.CEchoRsp(1, SopClass, DicomCommandStatusType.Success) with { CommandDataSetType = 1 };
        using var answer = new DicomDataSet(EncodedDataSet.FromMemory(command.Encode(), DicomUids.ImplicitVRLittleEndian), meta: null);
        using var compressed = new DicomDataSet(DicomUids.Jpeg2000Lossless);
        compressed.Set(DicomTag.PatientName, "in another transfer syntax");

        Assert.Equal(DicomExceptionCode.Parameter, pair.Scp.SendData(Context, answer, compressed).Code);

        echo.Respond(DicomCommandStatusType.NotAuthorized).ThrowIfFailed();
        Assert.Equal(DicomCommandStatusType.NotAuthorized, (await pair.ResponseAsync<DicomCEchoResponseEventArgs>()).Status);
    }

    private static async Task<DicomCStoreRequestEventArgs> StoreAsync(ServicePair pair, string instance)
    {
        using var dataSet = Saying(instance);
        pair.Scu.SendCStoreRequest(Context, 1, SopClass, instance, DicomCommandPriorityType.Medium, null, 0, dataSet).ThrowIfFailed();
        return await pair.RequestAsync<DicomCStoreRequestEventArgs>();
    }

    private static async Task<DicomCFindRequestEventArgs> FindAsync(ServicePair pair)
    {
        using var keys = Saying("*");
        pair.Scu.SendCFindRequest(Context, 1, SopClass, DicomCommandPriorityType.Medium, keys).ThrowIfFailed();
        return await pair.RequestAsync<DicomCFindRequestEventArgs>();
    }
}
