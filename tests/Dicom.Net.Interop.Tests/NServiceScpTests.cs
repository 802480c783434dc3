using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>N services, ours the SCP: dcmjs-dimse asks, and is notified of events.</summary>
public sealed class NServiceScpTests : IDisposable
{
    private const string SopClass = DicomUids.StorageCommitmentPushModel;
    private const string Instance = "1.2.3.31";
    private const int Action = 3;

    private readonly DicomNet _scp = new(path: null, DicomNetSecurityMode.None);

    public NServiceScpTests()
    {
        // Whoever reports events has the role of the provider.
        var service = new DicomSupportedService(SopClass) { ProviderRole = DicomRoleSupport.Supported };
        _scp.AssociateRequestReceived += (_, request) => request.Accept(new DicomSupportedServices(service));
    }

    public void Dispose() => _scp.Dispose();

    [Fact]
    public async Task NCreate_PeerNamesTheInstance_IsToldAndItsAnswerArrives()
    {
        _scp.NCreateRequestReceived += (_, request) =>
        {
            Assert.Equal((SopClass, Instance), (request.AffectedClass, request.Instance));
            request.Respond(DicomCommandStatusType.Success, dataSet: request.DataSet);
        };

        var response = await AskAsync(new { Service = "NCreate", SopClass, Instance, Elements = NormalizedDataSet.MakeForDcmjs("1.2.4") });

        Assert.Equal((DicomCommandStatusType.Success, SopClass, Instance), (response.Status, response.SopClass, response.Instance));
        NormalizedDataSet.AssertMade("1.2.4", response);
    }

    [Fact]
    public async Task NCreate_PeerNamesNoInstance_LearnsOurs()
    {
        _scp.NCreateRequestReceived += (_, request) =>
        {
            Assert.Empty(request.Instance);
            Assert.Null(request.DataSet);
            request.Respond(DicomCommandStatusType.Success, instance: "1.2.5");
        };

        var response = await AskAsync(new { Service = "NCreate", SopClass });

        Assert.Equal((DicomCommandStatusType.Success, "1.2.5"), (response.Status, response.Instance));
        Assert.Null(response.Elements);
    }

    [Fact]
    public async Task NSet_PeerChangesAnInstance_IsToldAndItsAnswerArrives()
    {
        using var attributes = NormalizedDataSet.Make("1.2.7");
        _scp.NSetRequestReceived += (_, request) =>
        {
            Assert.Equal((SopClass, Instance), (request.AffectedClass, request.Instance));
            NormalizedDataSet.AssertMade("1.2.6", request.DataSet);
            request.Respond(DicomCommandStatusType.Success, attributes);
        };

        var response = await AskAsync(new { Service = "NSet", SopClass, Instance, Elements = NormalizedDataSet.MakeForDcmjs("1.2.6") });

        Assert.Equal((DicomCommandStatusType.Success, Instance), (response.Status, response.Instance));
        NormalizedDataSet.AssertMade("1.2.7", response);
    }

    [Fact]
    public async Task NGet_PeerAsksForAttributes_IsToldWhichAndItsAnswerArrives()
    {
        long[] wanted = [DicomTag.TransactionUID.ToUInt32(), DicomTag.PatientName.ToUInt32()];
        using var attributes = NormalizedDataSet.Make("1.2.8");
        _scp.NGetRequestReceived += (_, request) =>
        {
            Assert.Equal((SopClass, Instance), (request.AffectedClass, request.Instance));
            Assert.Equal(wanted, request.Attributes);
            request.Respond(DicomCommandStatusType.Success, attributes);
        };

        var response = await AskAsync(
            new { Service = "NGet", SopClass, Instance, Attributes = (string[])["TransactionUID", "PatientName"] });

        Assert.Equal((DicomCommandStatusType.Success, Instance), (response.Status, response.Instance));
        NormalizedDataSet.AssertMade("1.2.8", response);
    }

    [Fact]
    public async Task NAction_PeerRequestsAnAction_IsToldAndItsAnswerArrives()
    {
        using var reply = NormalizedDataSet.Make("1.2.10");
        _scp.NActionRequestReceived += (_, request) =>
        {
            Assert.Equal((SopClass, Instance, Action), (request.AffectedClass, request.Instance, request.Action));
            NormalizedDataSet.AssertMade("1.2.9", request.DataSet);
            request.Respond(DicomCommandStatusType.Success, reply);
        };

        var response = await AskAsync(ActionRequest("1.2.9"));

        Assert.Equal((DicomCommandStatusType.Success, Instance, Action), (response.Status, response.Instance, response.Type));
        NormalizedDataSet.AssertMade("1.2.10", response);
    }

    [Fact]
    public async Task NDelete_PeerDeletesAnInstance_IsToldAndItsAnswerArrives()
    {
        _scp.NDeleteRequestReceived += (_, request) =>
        {
            Assert.Equal((SopClass, Instance), (request.AffectedClass, request.Instance));
            request.Respond(DicomCommandStatusType.Success);
        };

        var response = await AskAsync(new { Service = "NDelete", SopClass, Instance });

        Assert.Equal((DicomCommandStatusType.Success, SopClass, Instance), (response.Status, response.SopClass, response.Instance));
    }

    [Fact]
    public async Task NReport_PeerHasTheRoleOfTheProvider_IsToldAndItsAnswerArrives()
    {
        _scp.NReportRequestReceived += (_, report) =>
        {
            Assert.Equal((SopClass, Instance, 2), (report.AffectedClass, report.Instance, report.DicomEvent));
            report.Respond(DicomCommandStatusType.Success, report.DataSet);
        };

        var response = await AskAsync(
            new { Service = "NEventReport", SopClass, Instance, Type = 2, Elements = NormalizedDataSet.MakeForDcmjs("1.2.13") });

        Assert.Equal((DicomCommandStatusType.Success, Instance, 2), (response.Status, response.Instance, response.Type));
        NormalizedDataSet.AssertMade("1.2.13", response);
    }

    [Fact]
    public async Task NReport_SentBeforeTheActionIsAnswered_IsUnderstoodAndThePeersAnswerArrives()
    {
        var answered = new TaskCompletionSource<NormalizedResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        _scp.NReportResponseReceived += (_, response) => answered.TrySetResult(new(
            response.Status, response.AffectedClass, response.Instance, response.DicomEvent,
            NormalizedDataSet.CopyOf(response.DataSet!), response.Detail));
        using var result = NormalizedDataSet.Make("1.2.12");
        _scp.NActionRequestReceived += (_, request) =>
        {
            // The peer releases the association with the answer: whatever is to be told comes before that.
            var net = request.Net;
            net.SendNReportRequest(request.PresentationID, net.NextMessageID(), SopClass, Instance, dicomEvent: 1, result).ThrowIfFailed();
            request.Respond(DicomCommandStatusType.Success);
        };

        var messages = await AskAllAsync(ActionRequest("1.2.11"));

        Assert.Equal(["NEventReportRequest", "NActionResponse"], messages.Select(message => message.Name));
        Assert.Equal((SopClass, Instance, 1), (messages[0].SopClass, messages[0].Instance, messages[0].Type));
        NormalizedDataSet.AssertMade("1.2.12", messages[0]);
        var answer = await answered.Task.WithTimeout();
        Assert.Equal((DicomCommandStatusType.Success, Instance, 1), (answer.Status, answer.Instance, answer.Type));
        NormalizedDataSet.AssertMade("1.2.12", answer.DataSet);
    }

    [Theory]
    [InlineData("NEventReport")]
    [InlineData("NGet")]
    [InlineData("NSet")]
    [InlineData("NAction")]
    [InlineData("NCreate")]
    [InlineData("NDelete")]
    public async Task AnyNService_NobodyAnswersThePeer_IsAnsweredUnrecognizedOperation(string service)
    {
        var response = await AskAsync(
            new { Service = service, SopClass, Instance, Type = Action, Attributes = (string[])["StudyID", "PatientName"] });

        Assert.Equal(($"{service}Response", DicomCommandStatusType.UnrecognizedOperation), (response.Name, response.Status));
    }

    [Fact]
    public async Task AnyNService_Fails_PeerLearnsStatusAndComment()
    {
        _scp.NDeleteRequestReceived += (_, request) =>
            request.Respond(DicomCommandStatusType.NoSuchSopInstance, new() { ErrorComment = "It is gone already", ErrorID = 7 });

        var response = await AskAsync(new { Service = "NDelete", SopClass, Instance });

        Assert.Equal((DicomCommandStatusType.NoSuchSopInstance, "It is gone already"), (response.Status, response.Comment));
    }

    private static object ActionRequest(string transaction) =>
        new { Service = "NAction", SopClass, Instance, Type = Action, Elements = NormalizedDataSet.MakeForDcmjs(transaction) };

    private async Task<DcmjsMessage> AskAsync(object request) => Assert.Single(await AskAllAsync(request));

    private Task<DcmjsMessage[]> AskAllAsync(object request)
    {
        _scp.Listen("127.0.0.1", 0, 5).ThrowIfFailed();
        return Dcmjs.RequestAsync(_scp.HostPort.ToString(CultureInfo.InvariantCulture), "OURS", request);
    }
}
