using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>The N-services by handlers: what they are told, and what their answer carries.</summary>
public sealed class NHandlerTests
{
    private const string Instance = "1.2.3";

    [Fact]
    public async Task NGet_AHandlerServesIt_TellsTheAttributes()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnNGet((request, _) =>
        {
            Assert.Equal([0x00100010], request.Attributes);
            return new(Answer(request));
        }));
        served.Scu.SendNGetRequest(Context, 1, SopClass, Instance, [0x00100010]).ThrowIfFailed();

        Check(await served.ResponseAsync<DicomNGetResponseEventArgs>(), served);
    }

    [Fact]
    public async Task NGet_TheAnswerLiesInAFileThatCannotBeRead_IsAnsweredAllTheSame()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnNGet((_, _) => new(
            new DicomOutcome(DicomCommandStatusType.Success) { DataSet = UnreadableDataSet.Create(DicomUids.ExplicitVRBigEndian) })));
        served.Scu.SendNGetRequest(Context, 1, SopClass, Instance, [0x00100010]).ThrowIfFailed();

        var response = await served.ResponseAsync<DicomNGetResponseEventArgs>();

        Assert.Equal(DicomCommandStatusType.ResourceLimitation, response.Status);
    }

    [Fact]
    public async Task NSet_AHandlerServesIt_GetsTheModificationList()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnNSet((request, _) => new(Answer(request))));
        served.Scu.SendNSetRequest(Context, 1, SopClass, Instance, Saying("asked")).ThrowIfFailed();

        Check(await served.ResponseAsync<DicomNSetResponseEventArgs>(), served);
    }

    [Fact]
    public async Task NAction_AHandlerServesIt_GetsTheTypeAndTheInformation()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnNAction((request, _) =>
        {
            Assert.Equal(7, request.ActionType);
            return new(Answer(request));
        }));
        served.Scu.SendNActionRequest(Context, 1, SopClass, Instance, 7, Saying("asked")).ThrowIfFailed();

        var response = await served.ResponseAsync<DicomNActionResponseEventArgs>();

        Check(response, served);
        Assert.Equal(7, response.Action);
    }

    [Fact]
    public async Task NEventReport_AHandlerServesIt_GetsTheTypeAndTheInformation()
    {
        using var served = await AssociatedAsync(
            new DicomHandlers().OnNEventReport((request, _) =>
            {
                Assert.Equal(2, request.EventType);
                return new(Answer(request));
            }),
            propose: request => request.SetRoleSelect(Context, true, DicomRoleSupport.Supported, DicomRoleSupport.Supported));
        served.Scu.SendNReportRequest(Context, 1, SopClass, Instance, 2, Saying("asked")).ThrowIfFailed();

        Check(await served.ResponseAsync<DicomNReportResponseEventArgs>(), served);
    }

    [Fact]
    public async Task NCreate_TheHandlerChoosesTheUid_IsInTheAnswer()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnNCreate((request, _) =>
        {
            Assert.Equal("", request.SopInstance);
            return new(DicomOutcome.Success with { SopInstance = Instance, DataSet = Saying("answered") });
        }));
        served.Scu.SendNCreateRequest(Context, 1, SopClass, "", Saying("asked")).ThrowIfFailed();

        var response = await served.ResponseAsync<DicomNCreateResponseEventArgs>();

        Assert.Equal((DicomCommandStatusType.Success, Instance), (response.Status, response.Instance));
        Assert.Equal("answered", served.Text);
    }

    [Fact]
    public async Task NDelete_TheHandlerRefuses_IsItsStatusAndDetail()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnNDelete((request, _) =>
            throw new DicomRefusalException(DicomCommandStatusType.NoSuchSopInstance, new DicomStatusDetail { ErrorID = 5 })));
        served.Scu.SendNDeleteRequest(Context, 1, SopClass, Instance).ThrowIfFailed();

        var response = await served.ResponseAsync<DicomNDeleteResponseEventArgs>();

        Assert.Equal((DicomCommandStatusType.NoSuchSopInstance, 5), (response.Status, response.Detail.ErrorID));
    }

    [Fact]
    public async Task NSet_TheDiskIsFull_IsResourceLimitation()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnNSet((_, _) => throw new IOException("The test's.")));
        served.Scu.SendNSetRequest(Context, 1, SopClass, Instance, Saying("asked")).ThrowIfFailed();

        Assert.Equal(DicomCommandStatusType.ResourceLimitation, (await served.ResponseAsync<DicomNSetResponseEventArgs>()).Status);
    }

    private static DicomOutcome Answer(DicomNRequest request)
    {
        Assert.Equal((SopClass, Instance), (request.SopClass, request.SopInstance));
        Assert.Equal(request is DicomNGetRequest ? null : "asked", request.DataSet?.GetString(DicomTag.PatientName));
        return DicomOutcome.Success with { DataSet = Saying("answered") };
    }

    private static void Check(DicomResponseEventArgs response, ServedPeer served)
    {
        Assert.Equal(DicomCommandStatusType.Success, response.Status);
        Assert.Equal("answered", served.Text);
    }
}
