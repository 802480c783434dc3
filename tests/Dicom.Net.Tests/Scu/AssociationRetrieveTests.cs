using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Scu;

/// <summary>C-MOVE and C-GET, awaited.</summary>
public sealed class AssociationRetrieveTests : IDisposable
{
    private readonly DicomDataSet _keys = TestAssociation.Saying("P-1");
    private readonly DicomNet _listener = new(null, DicomNetSecurityMode.None);

    public AssociationRetrieveTests()
    {
        var services = new DicomSupportedServices(new DicomSupportedService(_ => true) { ProviderRole = DicomRoleSupport.Supported });
        _listener.AssociateRequestReceived += (_, e) => e.Accept(services);
        TestScp.Listening(_listener);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task MoveAsync_PeerTellsProgress_IsReportedAndTheOutcomeReturned()
    {
        var asked = "";
        _listener.CMoveRequestReceived += (_, e) =>
        {
            asked = $"{e.MoveAE} {e.DataSet!.GetString(DicomTag.PatientID)}";
            e.Respond(DicomCommandStatusType.Pending, 2, 1, 0, 0);
            using var failed = new DicomDataSet();
            failed.Set(DicomTag.FailedSOPInstanceUIDList, "1.2.3\\1.2.4");
            e.Respond(DicomCommandStatusType.CoercionOfDataElements, 0, 1, 2, 0, failed);
        };
        var progress = new Progress();
        await using var association = await TestAssociation.OpenAsync(_listener, DicomUids.StudyRootMove);

        var response = await association.MoveAsync(
            DicomUids.StudyRootMove, "THERE", _keys, progress, TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal("THERE P-1", asked);
        Assert.Equal([new(2, 1, 0, 0)], progress.Told);
        Assert.Equal(DicomCommandStatusType.CoercionOfDataElements, response.Status);
        Assert.Equal(new DicomSubOperations(0, 1, 2, 0), response.SubOperations);
        Assert.Equal(["1.2.3", "1.2.4"], response.FailedInstances);
    }

    [Fact]
    public async Task MoveAsync_Cancelled_SendsACancelAndThrows()
    {
        _listener.CMoveRequestReceived += (_, e) =>
        {
            e.Handled = true;
            e.Respond(DicomCommandStatusType.Pending, 9, 1, 0, 0);
            e.Cancelled.Register(() => e.Respond(DicomCommandStatusType.Cancel, 8, 2, 0, 0));
        };
        using var cancelling = new CancellationTokenSource();
        await using var association = await TestAssociation.OpenAsync(_listener, DicomUids.StudyRootMove, DicomUids.Verification);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => association.MoveAsync(
            DicomUids.StudyRootMove, "THERE", _keys, new Progress(cancelling.Cancel), cancelling.Token).WithTimeout());

        Assert.Equal(
            DicomCommandStatusType.Success, (await association.EchoAsync(TestContext.Current.CancellationToken).WithTimeout()).Status);
    }

    [Fact]
    public async Task GetAsync_PeerSendsInstances_AreHandedOverOneAfterTheOther()
    {
        _listener.CGetRequestReceived += (_, e) => e.Handled = true;
        ServeInstances(3);
        var received = new List<string?>();
        await using var association = await OpenForGetAsync();

        var response = await association.GetAsync(
            DicomUids.StudyRootGet,
            _keys,
            async (instance, cancelled) =>
            {
                await Task.Yield();
                Assert.False(cancelled.IsCancellationRequested);
                received.Add($"{instance.Instance} {instance.DataSet.GetString(DicomTag.PatientID)}");
                return DicomCommandStatusType.Success;
            },
            cancellationToken: TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(["1.2.3.1 1", "1.2.3.2 2", "1.2.3.3 3"], received);
        Assert.Equal(new DicomSubOperations(0, 3, 0, 0), response.SubOperations);
    }

    public static TheoryData<Func<DicomCommandStatusType>> Failures => new()
    {
        () => throw new IOException("full"),
        () => DicomCommandStatusType.Pending, // No response of C-STORE can say it.
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task GetAsync_FunctionFails_IsAFailureForThePeerAndTheRetrievalGoesOn(Func<DicomCommandStatusType> fail)
    {
        ServeInstances(2);
        var calls = 0;
        await using var association = await OpenForGetAsync();

        var response = await association.GetAsync(
            DicomUids.StudyRootGet,
            _keys,
            (_, _) => new(++calls == 1 ? fail() : DicomCommandStatusType.Success),
            cancellationToken: TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(2, calls);
        Assert.Equal(new DicomSubOperations(0, 1, 1, 0), response.SubOperations);
    }

    [Fact]
    public async Task GetAsync_CancelledInTheMidst_RefusesWhatStillComes()
    {
        ServeInstances(50);
        var calls = 0;
        using var cancelling = new CancellationTokenSource();
        await using var association = await OpenForGetAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => association.GetAsync(
            DicomUids.StudyRootGet,
            _keys,
            async (_, cancelled) =>
            {
                calls++;
                await cancelling.CancelAsync();
                await Eventually.True(() => cancelled.IsCancellationRequested);
                return DicomCommandStatusType.Success;
            },
            cancellationToken: cancelling.Token).WithTimeout());

        Assert.Equal(1, calls);
        Assert.True(association.IsOpen);
    }

    [Fact]
    public async Task GetAsync_AnotherUnderWay_IsRefused()
    {
        var asked = new TaskCompletionSource<DicomCGetRequestEventArgs>();
        _listener.CGetRequestReceived += (_, e) =>
        {
            e.Handled = true;
            asked.TrySetResult(e);
        };
        await using var association = await OpenForGetAsync();
        var first = GetNothingAsync(association);
        var request = await asked.Task.WithTimeout();

        await Assert.ThrowsAsync<InvalidOperationException>(() => GetNothingAsync(association).WithTimeout());

        request.Respond(DicomCommandStatusType.Success, 0, 0, 0, 0).ThrowIfFailed();
        Assert.Equal(DicomCommandStatusType.Success, (await first.WithTimeout()).Status);
    }

    [Fact]
    public async Task PeerStoresUnasked_NoGetUnderWay_IsRefused()
    {
        await using var association = await OpenForGetAsync();
        using var scp = _listener.GetClient(0)!;
        var answered = new TaskCompletionSource<DicomCommandStatusType>();
        scp.CStoreResponseReceived += (_, e) => answered.TrySetResult(e.Status);

        SendInstance(scp, 1);

        Assert.Equal(DicomCommandStatusType.SopClassNotSupported, await answered.Task.WithTimeout());
    }

    private static Task<DicomRetrieveResponse> GetNothingAsync(DicomAssociation association)
    {
        using var keys = TestAssociation.Saying("nothing");
        return association.GetAsync(
            DicomUids.StudyRootGet, keys, (_, _) => new(DicomCommandStatusType.Success),
            cancellationToken: TestContext.Current.CancellationToken);
    }

    private Task<DicomAssociation> OpenForGetAsync() => TestAssociation.OpenAsync(
        _listener, new DicomAssociationRequest("SCU", "SCP").With(DicomUids.StudyRootGet).WithProviderRole(TestInstance.SopClass));

    /// <summary>Sends instances one after the other, until all have gone or the C-GET is cancelled.</summary>
    private void ServeInstances(int count)
    {
        DicomCGetRequestEventArgs? get = null;
        var (sent, completed, failed) = (0, 0, 0);
        _listener.CGetRequestReceived += (_, e) =>
        {
            e.Handled = true;
            get = e;
            SendInstance(e.Net, ++sent);
        };
        _listener.CStoreResponseReceived += (_, e) =>
        {
            completed += e.Status.IsSuccess() ? 1 : 0;
            failed += e.Status.IsSuccess() ? 0 : 1;
            if (sent < count && !get!.Cancelled.IsCancellationRequested)
            {
                SendInstance(get.Net, ++sent);
                return;
            }

            var last = sent < count ? DicomCommandStatusType.Cancel
                : failed > 0 ? DicomCommandStatusType.CoercionOfDataElements : DicomCommandStatusType.Success;
            get!.Respond(last, count - sent, completed, failed, 0).ThrowIfFailed();
        };
    }

    private static void SendInstance(DicomNet scp, int number)
    {
        using var instance = TestAssociation.Saying($"{number}");
        var context = scp.Association!.FindAbstract(TestInstance.SopClass);
        scp.SendCStoreRequest(
            context, scp.NextMessageID(), TestInstance.SopClass, $"1.2.3.{number}", DicomCommandPriorityType.Medium, null, 0, instance)
            .ThrowIfFailed();
    }

    private sealed class Progress(Action? afterwards = null) : IProgress<DicomSubOperations>
    {
        public List<DicomSubOperations> Told { get; } = [];

        public void Report(DicomSubOperations value)
        {
            Told.Add(value);
            afterwards?.Invoke();
        }
    }
}
