using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>N services, ours the SCU: dcmjs-dimse serves, and notifies of events.</summary>
public sealed class NServiceScuTests(Shared<DcmjsScp> shared) : IClassFixture<Shared<DcmjsScp>>
{
    private const string SopClass = DicomUids.StorageCommitmentPushModel;
    private const int Action = 3;
    private const int UnknownAction = 99;

    [Fact]
    public async Task NCreate_Instance_IsAnsweredWithWhatWasCreated()
    {
        await using var scu = await AssociateAsync();

        var response = await CreateAsync(scu, "1.2.3.20");

        Assert.Equal(DicomCommandStatusType.Success, response.Status);
        Assert.Equal(SopClass, response.SopClass);
        Assert.Equal("1.2.3.20", response.Instance);
        NormalizedDataSet.AssertMade("1.2.3.20", response.DataSet);
    }

    [Fact]
    public async Task NCreate_NoInstanceNamed_IsAnsweredWithThePeersChoice()
    {
        await using var scu = await AssociateAsync();

        var response = await scu.AskAsync((net, id) =>
            net.SendNCreateRequest(NormalizedScu.Context, id, SopClass, instance: null, dataSet: null));

        Assert.Equal(DicomCommandStatusType.Success, response.Status);
        Assert.Matches(@"^[0-9.]{10,64}\z", response.Instance);
    }

    [Fact]
    public async Task NCreate_SameInstanceAgain_IsAnsweredDuplicateWithComment()
    {
        await using var scu = await AssociateAsync();
        await CreateAsync(scu, "1.2.3.21");

        var response = await CreateAsync(scu, "1.2.3.21");

        Assert.Equal(DicomCommandStatusType.DuplicateSopInstance, response.Status);
        Assert.Equal("As the script says", response.Detail.ErrorComment);
        Assert.Null(response.DataSet);
    }

    [Fact]
    public async Task NSet_Instance_ChangesWhatNGetAnswers()
    {
        await using var scu = await AssociateAsync();
        await CreateAsync(scu, "1.2.3.22");
        using var changes = new DicomDataSet();
        changes.Set(DicomTag.TransactionUID, "1.2.3.23");

        var set = await scu.AskAsync((net, id) => net.SendNSetRequest(NormalizedScu.Context, id, SopClass, "1.2.3.22", changes));
        var got = await GetAsync(scu, "1.2.3.22", DicomTag.TransactionUID, DicomTag.PatientName, DicomTag.ReferencedSOPSequence);

        Assert.Equal(DicomCommandStatusType.Success, set.Status);
        Assert.Equal("1.2.3.22", set.Instance);
        Assert.Equal(DicomCommandStatusType.Success, got.Status);
        NormalizedDataSet.AssertMade("1.2.3.23", got.DataSet);
    }

    [Fact]
    public async Task NGet_SomeAttributes_IsAnsweredWithThose()
    {
        await using var scu = await AssociateAsync();
        await CreateAsync(scu, "1.2.3.24");

        var response = await GetAsync(scu, "1.2.3.24", DicomTag.TransactionUID, DicomTag.StudyID);

        Assert.Equal(DicomCommandStatusType.Success, response.Status);
        Assert.Equal(SopClass, response.SopClass);
        Assert.Equal([DicomTag.TransactionUID], response.DataSet!.Select(element => element.Tag));
    }

    [Fact]
    public async Task NGet_UnknownInstance_IsAnsweredNoSuchInstanceWithComment()
    {
        await using var scu = await AssociateAsync();

        var response = await GetAsync(scu, "1.2.3.25", DicomTag.TransactionUID, DicomTag.StudyID);

        Assert.Equal(DicomCommandStatusType.NoSuchSopInstance, response.Status);
        Assert.Equal("As the script says", response.Detail.ErrorComment);
        Assert.Null(response.DataSet);
    }

    [Fact]
    public async Task NAction_Instance_IsAnsweredWithTypeAndReply()
    {
        await using var scu = await AssociateAsync();
        await CreateAsync(scu, "1.2.3.26");

        var response = await ActAsync(scu, "1.2.3.26", Action);

        Assert.Equal(DicomCommandStatusType.Success, response.Status);
        Assert.Equal(Action, response.Type);
        Assert.Equal("1.2.3.26", response.Instance);
        NormalizedDataSet.AssertMade("1.2.3.26", response.DataSet);
    }

    [Fact]
    public async Task NAction_UnknownType_IsAnsweredNoSuchActionType()
    {
        await using var scu = await AssociateAsync();

        var response = await ActAsync(scu, "1.2.3.27", UnknownAction);

        Assert.Equal(DicomCommandStatusType.NoSuchActionType, response.Status);
        Assert.Equal("As the script says", response.Detail.ErrorComment);
    }

    [Fact]
    public async Task NDelete_Instance_IsAnsweredSuccessOnce()
    {
        await using var scu = await AssociateAsync();
        await CreateAsync(scu, "1.2.3.28");

        var first = await DeleteAsync(scu, "1.2.3.28");
        var second = await DeleteAsync(scu, "1.2.3.28");

        Assert.Equal(DicomCommandStatusType.Success, first.Status);
        Assert.Equal("1.2.3.28", first.Instance);
        Assert.Equal(DicomCommandStatusType.NoSuchSopInstance, second.Status);
    }

    [Fact]
    public async Task NReport_WithTheRoleOfTheProvider_IsAnsweredWithTypeAndReply()
    {
        await using var scu = await AssociateAsync();
        using var dataSet = NormalizedDataSet.Make("1.2.3.32");

        var response = await scu.AskAsync((net, id) =>
            net.SendNReportRequest(NormalizedScu.Context, id, SopClass, "1.2.3.31", dicomEvent: 2, dataSet));

        Assert.Equal((DicomCommandStatusType.Success, SopClass, "1.2.3.31"), (response.Status, response.SopClass, response.Instance));
        Assert.Equal(2, response.Type);
        NormalizedDataSet.AssertMade("1.2.3.32", response.DataSet);
    }

    [Fact]
    public async Task NReport_PeerNotifiesOfTheAction_IsToldAndItsAnswerArrives()
    {
        var dcmjs = await shared.StartedAsync();
        await using var scu = await AssociateAsync();
        var told = new TaskCompletionSource<NormalizedResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        scu.Net.NReportRequestReceived += (_, report) =>
        {
            told.TrySetResult(new(
                DicomCommandStatusType.Pending, report.AffectedClass, report.Instance, report.DicomEvent,
                NormalizedDataSet.CopyOf(report.DataSet!), DicomStatusDetail.None));
            report.Respond(DicomCommandStatusType.Success, report.DataSet);
        };
        await CreateAsync(scu, "1.2.3.29");

        await ActAsync(scu, "1.2.3.29", Action);

        var report = await told.Task.WithTimeout();
        Assert.Equal((SopClass, "1.2.3.29", Action), (report.SopClass, report.Instance, report.Type));
        NormalizedDataSet.AssertMade("1.2.3.29", report.DataSet);
        var answer = await dcmjs.EventResponseAsync("1.2.3.29");
        Assert.Equal((DicomCommandStatusType.Success, SopClass, Action), (answer.Status, answer.SopClass, answer.Type));
        NormalizedDataSet.AssertMade("1.2.3.29", answer);
    }

    [Fact]
    public async Task NReport_NobodyAnswersThePeer_IsAnsweredUnrecognizedOperation()
    {
        var dcmjs = await shared.StartedAsync();
        await using var scu = await AssociateAsync();
        await CreateAsync(scu, "1.2.3.30");

        await ActAsync(scu, "1.2.3.30", Action);

        var answer = await dcmjs.EventResponseAsync("1.2.3.30");
        Assert.Equal(DicomCommandStatusType.UnrecognizedOperation, answer.Status);
    }

    private async Task<NormalizedScu> AssociateAsync() =>
        await NormalizedScu.AssociateAsync((await shared.StartedAsync()).Port, SopClass);

    // The instance's UID is the transaction's, too.
    private static async Task<NormalizedResponse> CreateAsync(NormalizedScu scu, string instance)
    {
        using var dataSet = NormalizedDataSet.Make(instance);
        return await scu.AskAsync((net, id) => net.SendNCreateRequest(NormalizedScu.Context, id, SopClass, instance, dataSet));
    }

    private static Task<NormalizedResponse> GetAsync(NormalizedScu scu, string instance, params DicomTag[] tags) =>
        scu.AskAsync((net, id) => net.SendNGetRequest(
            NormalizedScu.Context, id, SopClass, instance, [.. tags.Select(tag => (long)tag.ToUInt32())]));

    private static async Task<NormalizedResponse> ActAsync(NormalizedScu scu, string instance, int action)
    {
        using var dataSet = NormalizedDataSet.Make(instance);
        return await scu.AskAsync((net, id) => net.SendNActionRequest(NormalizedScu.Context, id, SopClass, instance, action, dataSet));
    }

    private static Task<NormalizedResponse> DeleteAsync(NormalizedScu scu, string instance) =>
        scu.AskAsync((net, id) => net.SendNDeleteRequest(NormalizedScu.Context, id, SopClass, instance));
}
