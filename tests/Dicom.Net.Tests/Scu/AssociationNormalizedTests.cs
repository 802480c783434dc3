using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Scu;

/// <summary>The N services, awaited.</summary>
public sealed class AssociationNormalizedTests : IDisposable
{
    private const string SopClass = DicomUids.ModalityPerformedProcedureStep;
    private const string Instance = "1.2.3.4";

    private readonly DicomNet _listener = new(null, DicomNetSecurityMode.None);

    public AssociationNormalizedTests()
    {
        var services = new DicomSupportedServices(new DicomSupportedService(_ => true) { ProviderRole = DicomRoleSupport.Supported });
        _listener.AssociateRequestReceived += (_, e) => e.Accept(services);
        TestScp.Listening(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task NGetAsync_AttributesAskedFor_AreReturned()
    {
        IReadOnlyList<long> asked = [];
        _listener.NGetRequestReceived += (_, e) =>
        {
            asked = e.Attributes;
            using var attributes = TestAssociation.Saying(e.Instance);
            e.Respond(DicomCommandStatusType.Success, attributes);
        };
        await using var association = await TestAssociation.OpenAsync(_listener, SopClass);

        var response = await association.NGetAsync(
            SopClass, Instance, [DicomTag.PatientID, DicomTag.PatientName], cancellationToken: TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal([0x00100020, 0x00100010], asked);
        Assert.Equal(Instance, response.DataSet!.GetString(DicomTag.PatientID));
    }

    [Fact]
    public async Task NCreateAsync_PeerChoosesTheUid_IsTold()
    {
        _listener.NCreateRequestReceived += (_, e) => e.Net.SendNCreateResponse(
            e.PresentationID, e.MessageID, e.AffectedClass, "1.2.3.9", DicomCommandStatusType.Success, null).ThrowIfFailed();
        await using var association = await TestAssociation.OpenAsync(_listener, SopClass);
        using var attributes = TestAssociation.Saying("x");

        var response = await association.NCreateAsync(
            SopClass, instance: null, attributes, cancellationToken: TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(("1.2.3.9", true), (response.Instance, response.DataSet is null));
    }

    [Fact]
    public async Task NSetNActionNDelete_PeerAnswers_AreDone()
    {
        var told = new List<string>();
        _listener.NSetRequestReceived += (_, e) =>
        {
            told.Add($"set {e.DataSet!.GetString(DicomTag.PatientID)}");
            e.Respond(DicomCommandStatusType.Success);
        };
        _listener.NActionRequestReceived += (_, e) =>
        {
            told.Add($"action {e.Action}");
            e.Respond(DicomCommandStatusType.Success);
        };
        _listener.NDeleteRequestReceived += (_, e) =>
        {
            told.Add($"delete {e.Instance}");
            e.Respond(DicomCommandStatusType.Success);
        };
        await using var association = await TestAssociation.OpenAsync(_listener, SopClass);
        using var modifications = TestAssociation.Saying("y");

        await association.NSetAsync(SopClass, Instance, modifications, cancellationToken: TestContext.Current.CancellationToken).WithTimeout();
        await association.NActionAsync(SopClass, Instance, 5, null, cancellationToken: TestContext.Current.CancellationToken).WithTimeout();
        await association.NDeleteAsync(SopClass, Instance, cancellationToken: TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(["set y", "action 5", $"delete {Instance}"], told);
    }

    [Fact]
    public async Task NSetAsync_OnTheContextOfAnotherSopClass_GoesThere()
    {
        var context = 0;
        _listener.NDeleteRequestReceived += (_, e) =>
        {
            context = e.PresentationID;
            e.Respond(DicomCommandStatusType.Success);
        };
        await using var association = await TestAssociation.OpenAsync(_listener, DicomUids.Verification, SopClass);

        await association.NDeleteAsync(
            DicomUids.BasicFilmSession, Instance, abstractSyntax: SopClass, TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(association.Accepted.FindAbstract(SopClass), context);
    }

    [Fact]
    public async Task NEventReportAsync_InTheProviderRole_IsAnswered()
    {
        var told = 0;
        _listener.NReportRequestReceived += (_, e) =>
        {
            told = e.DicomEvent;
            e.Respond(DicomCommandStatusType.Success);
        };
        await using var association = await TestAssociation.OpenAsync(
            _listener, new DicomAssociationRequest("SCU", "SCP").WithProviderRole(SopClass));

        await association.NEventReportAsync(
            SopClass, Instance, 2, null, cancellationToken: TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(2, told);
    }

    [Fact]
    public async Task EventReports_PeerTellsOfAnEvent_AreAnswered()
    {
        DicomEventReport? told = null;
        await using var association = await TestAssociation.OpenAsync(
            _listener,
            TestAssociation.Request(SopClass),
            new()
            {
                EventReports = (report, _) =>
                {
                    told = report with { DataSet = null };
                    return new(DicomCommandStatusType.NoSuchEventType);
                },
            });
        using var scp = _listener.GetClient(0)!;
        var answered = new TaskCompletionSource<DicomCommandStatusType>();
        scp.NReportResponseReceived += (_, e) => answered.TrySetResult(e.Status);

        scp.SendNReportRequest(1, 1, SopClass, Instance, 3, null).ThrowIfFailed();

        Assert.Equal(DicomCommandStatusType.NoSuchEventType, await answered.Task.WithTimeout());
        Assert.Equal(new DicomEventReport(SopClass, Instance, 3, null), told);
    }
}
