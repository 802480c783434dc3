using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Scu;

/// <summary>Event reports of the peer that are under way when this side ends the association.</summary>
public sealed class EventReportEndTests : IDisposable
{
    private const string SopClass = DicomUids.ModalityPerformedProcedureStep;

    private readonly DicomNet _listener = new(null, DicomNetSecurityMode.None);
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _second = new();

    public EventReportEndTests()
    {
        var services = new DicomSupportedServices(new DicomSupportedService(SopClass) { ProviderRole = DicomRoleSupport.Supported })
        {
            InvokedOperationsCount = 2,
            PerformedOperationsCount = 2,
        };
        _listener.AssociateRequestReceived += (_, e) => e.Accept(services);
        TestScp.Listening(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task Abort_InTheMidstOfAnEventReport_LeavesItUnanswered()
    {
        using var net = new RequestorNet(
            TestAssociation.Request(SopClass).WithAsynchronousOperations(2, performed: 2).ToAssociate(), new() { EventReports = ReceiveAsync });
        await net.OpenAsync("127.0.0.1", _listener.HostPort, TestContext.Current.CancellationToken).WithTimeout();
        using var scp = _listener.GetClient(0)!;
        var answers = 0;
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scp.NReportResponseReceived += (_, _) => answers++;
        scp.Closed += (_, _) => closed.SetResult();
        scp.SendNReportRequest(1, 1, SopClass, "1.2.3", 1, null).ThrowIfFailed();
        scp.SendNReportRequest(1, 2, SopClass, "1.2.3", 2, null).ThrowIfFailed();
        await _first.Task.WithTimeout();
        await net.BeginAsync(new Holding(_second), TestContext.Current.CancellationToken).WithTimeout();

        net.Abort("the test wants it");

        await closed.Task.WithTimeout();
        Assert.True(_second.IsSet);
        Assert.Equal(0, answers);
    }

    // One after the other: when it comes to the second, the first has been dealt with.
    private async ValueTask<DicomCommandStatusType> ReceiveAsync(DicomEventReport report, CancellationToken ended)
    {
        if (report.EventType == 2)
        {
            _second.Set();
        }

        _first.TrySetResult();
        await Task.Delay(Timeout.Infinite, ended);
        return DicomCommandStatusType.Success;
    }

    /// <summary>Keeps the abort from going out until the event report has been dealt with.</summary>
    private sealed class Holding(ManualResetEventSlim until) : PendingOperation(1, _ => DicomNetResult.Success)
    {
        public override void LetGo() => until.Wait(Timeouts.Default);
    }
}
