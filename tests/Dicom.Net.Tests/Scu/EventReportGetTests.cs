using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Scu;

/// <summary>Retrievals while an event report is dealt with, on the same association.</summary>
public sealed class EventReportGetTests : IDisposable
{
    private const string Reporting = DicomUids.StorageCommitmentPushModel;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _time = new();
    private readonly DicomDataSet _keys = TestAssociation.Saying("*");
    private readonly DicomNet _listener = new(null, DicomNetSecurityMode.None);
    private readonly TaskCompletionSource<DicomCGetRequestEventArgs> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DicomCommandStatusType> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _dealtWith = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _instances;

    public EventReportGetTests()
    {
        var services = new DicomSupportedServices(new DicomSupportedService(_ => true) { ProviderRole = DicomRoleSupport.Supported })
        {
            InvokedOperationsCount = 2,
            PerformedOperationsCount = 2,
        };
        _listener.AssociateRequestReceived += (_, e) => e.Accept(services);
        _listener.CGetRequestReceived += (_, e) =>
        {
            e.Handled = true;
            _asked.SetResult(e);
        };
        _listener.NReportResponseReceived += (_, e) => _answered.SetResult(e.Status);
        TestScp.Listening(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public async Task EventReports_AwaitTheRetrievalOfWhatIsReported_GetIt()
    {
        var opened = new TaskCompletionSource<DicomAssociation>();
        await using var association = await OpenAsync(async (_, _) => (await GetAsync(await opened.Task)).Status);
        opened.SetResult(association);
        SendReport();

        await ServeAnInstanceAsync();

        Assert.Equal(DicomCommandStatusType.Success, await _answered.Task.WithTimeout());
        Assert.Equal(1, _instances);
    }

    [Fact]
    public async Task GetAsync_WhileAnEventReportIsDealtWith_DoesNotWaitForThat()
    {
        await using var association = await OpenAsync(DealAsync);
        SendReport();
        await _told.Task.WithTimeout();
        var getting = GetAsync(association);

        await ServeAnInstanceAsync();

        Assert.Equal(1, (await getting.WithTimeout()).SubOperations.Completed);
        Assert.Equal(1, _instances);
        _dealtWith.SetResult();
        Assert.Equal(DicomCommandStatusType.Success, await _answered.Task.WithTimeout());
    }

    [Fact]
    public async Task GetAsync_NotAnsweredWhileAnEventReportIsDealtWith_HasItsTimeLimit()
    {
        await using var association = await OpenAsync(DealAsync);
        SendReport();
        await _told.Task.WithTimeout();
        var getting = GetAsync(association);
        await _asked.Task.WithTimeout();

        await Eventually.True(() =>
        {
            _time.Advance(Limit);
            return getting.IsCompleted;
        });

        Assert.Equal(DicomExceptionCode.NetResponseTimeout, (await Assert.ThrowsAsync<DicomException>(() => getting)).Code);
    }

    private async ValueTask<DicomCommandStatusType> DealAsync(DicomEventReport report, CancellationToken ended)
    {
        _told.SetResult();
        await _dealtWith.Task.WaitAsync(ended);
        return DicomCommandStatusType.Success;
    }

    private Task<DicomAssociation> OpenAsync(Func<DicomEventReport, CancellationToken, ValueTask<DicomCommandStatusType>> reports) =>
        TestAssociation.OpenAsync(
            _listener,
            TestAssociation.Request(DicomUids.StudyRootGet, Reporting)
                .WithProviderRole(TestInstance.SopClass)
                .WithAsynchronousOperations(2, performed: 2),
            new() { EventReports = reports, Network = new() { TimeProvider = _time, ResponseTimeout = Limit } });

    private Task<DicomRetrieveResponse> GetAsync(DicomAssociation association) => association.GetAsync(
        DicomUids.StudyRootGet,
        _keys,
        (_, _) =>
        {
            _instances++;
            return new(DicomCommandStatusType.Success);
        },
        cancellationToken: TestContext.Current.CancellationToken);

    private void SendReport()
    {
        var scp = _listener.GetClient(0)!;
        scp.SendNReportRequest(scp.Association!.FindAbstract(Reporting), 1, Reporting, "1.2.3", 1, null).ThrowIfFailed();
    }

    private async Task ServeAnInstanceAsync()
    {
        var get = await _asked.Task.WithTimeout();
        get.Net.CStoreResponseReceived += (_, _) => get.Respond(DicomCommandStatusType.Success, 0, 1, 0, 0).ThrowIfFailed();
        using var instance = TestInstance.Create();
        get.Net.SendCStoreRequest(
            get.Net.Association!.FindAbstract(TestInstance.SopClass), 2, TestInstance.SopClass, TestInstance.Uid,
            DicomCommandPriorityType.Medium, null, 0, instance).ThrowIfFailed();
    }
}
