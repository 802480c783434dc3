using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Services.ServicePair;

namespace Dicom.Net.Tests.Services;

/// <summary>The DIMSE-N services through the facade: what one side says is what the other is told.</summary>
public sealed class DimseNTests
{
    [Fact]
    public async Task NReport_OfTheAcceptor_IsToldAndAnswered()
    {
        using var pair = await AssociatedAsync();

        pair.Scp.SendNReportRequest(Context, 5, SopClass, Instance, 2, Saying("event")).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomNReportRequestEventArgs>();
        Assert.Same(pair.Scu, request.Net);
        Assert.Equal((5, SopClass, Instance, 2), (request.MessageID, request.AffectedClass, request.Instance, request.DicomEvent));
        Assert.Equal("event", request.DataSet!.GetString(DicomTag.PatientName));
        request.Respond(DicomCommandStatusType.Success, Saying("reply")).ThrowIfFailed();

        var response = await pair.ResponseAsync<DicomNReportResponseEventArgs>();
        Assert.Equal((5, SopClass, Instance, 2), (response.MessageID, response.AffectedClass, response.Instance, response.DicomEvent));
        Assert.NotNull(response.DataSet);
    }

    [Fact]
    public async Task NGet_WithAttributes_TellsThemAndTheAnswer()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendNGetRequest(Context, 5, SopClass, Instance, [0x0010_0010, 0xFFFE_0001]).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomNGetRequestEventArgs>();
        Assert.Equal((SopClass, Instance), (request.AffectedClass, request.Instance));
        Assert.Equal([0x0010_0010, 0xFFFE_0001], request.Attributes);
        request.Respond(DicomCommandStatusType.Success, Saying("Doe")).ThrowIfFailed();

        var response = await pair.ResponseAsync<DicomNGetResponseEventArgs>();
        Assert.Equal((SopClass, Instance, DicomCommandStatusType.Success), (response.AffectedClass, response.Instance, response.Status));
        Assert.Equal("Doe", pair.Text);
    }

    [Fact]
    public async Task NSet_WithAWarning_TellsWhichAttributes()
    {
        using var pair = await AssociatedAsync();

        pair.Scu.SendNSetRequest(Context, 5, SopClass, Instance, Saying("Doe")).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomNSetRequestEventArgs>();
        Assert.Equal((Instance, "Doe"), (request.Instance, request.DataSet!.GetString(DicomTag.PatientName)));
        request.Respond(DicomCommandStatusType.AttributeListError, detail: new() { AttributeIdentifiers = [0x0010_0020] }).ThrowIfFailed();

        var response = await pair.ResponseAsync<DicomNSetResponseEventArgs>();
        Assert.Equal(DicomCommandStatusType.AttributeListError, response.Status);
        Assert.Equal([0x0010_0020], response.Detail.AttributeIdentifiers);
        Assert.Null(response.DataSet);
    }

    [Fact]
    public async Task NAction_WithInformation_IsToldAndAnswered()
    {
        using var pair = await AssociatedAsync();

        pair.Scu.SendNActionRequest(Context, 5, SopClass, Instance, 1, Saying("do")).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomNActionRequestEventArgs>();
        Assert.Equal((Instance, 1, "do"), (request.Instance, request.Action, request.DataSet!.GetString(DicomTag.PatientName)));
        request.Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        var response = await pair.ResponseAsync<DicomNActionResponseEventArgs>();
        Assert.Equal((Instance, 1, DicomCommandStatusType.Success), (response.Instance, response.Action, response.Status));
    }

    [Fact]
    public async Task NCreate_WithoutAnInstance_TellsTheOneThatWasChosen()
    {
        using var pair = await AssociatedAsync();

        pair.Scu.SendNCreateRequest(Context, 5, SopClass, null, Saying("new")).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomNCreateRequestEventArgs>();
        Assert.Equal(("", "new"), (request.Instance, request.DataSet!.GetString(DicomTag.PatientName)));
        request.Respond(DicomCommandStatusType.Success, "1.2.3.4").ThrowIfFailed();

        Assert.Equal("1.2.3.4", (await pair.ResponseAsync<DicomNCreateResponseEventArgs>()).Instance);
    }

    [Fact]
    public async Task NDelete_OfAnInstance_IsToldAndAnswered()
    {
        using var pair = await AssociatedAsync();

        pair.Scu.SendNDeleteRequest(Context, 5, SopClass, Instance).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomNDeleteRequestEventArgs>();
        Assert.Equal((SopClass, Instance), (request.AffectedClass, request.Instance));
        request.Respond(DicomCommandStatusType.NoSuchSopInstance, new() { ErrorComment = "gone", ErrorID = 12 }).ThrowIfFailed();

        var response = await pair.ResponseAsync<DicomNDeleteResponseEventArgs>();
        Assert.Equal((Instance, DicomCommandStatusType.NoSuchSopInstance), (response.Instance, response.Status));
        Assert.Equal(("gone", 12), (response.Detail.ErrorComment, response.Detail.ErrorID));
    }

    [Fact]
    public async Task NAction_NobodyAnswers_IsUnrecognizedOperation()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, SopClass);
        var answered = new TaskCompletionSource<DicomCommandStatusType>();
        scu.Net.NActionResponseReceived += (_, e) => answered.TrySetResult(e.Status);

        scu.Net.SendNActionRequest(Context, 1, SopClass, Instance, 1, null).ThrowIfFailed();

        Assert.Equal(DicomCommandStatusType.UnrecognizedOperation, await answered.Task.WithTimeout());
    }

    [Fact]
    public async Task NAction_TheAnswerCannotBeSent_IsProcessingFailure()
    {
        using var listener = TestScp.AcceptingAll();
        listener.NActionRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success, detail: new() { ErrorID = -1 });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, SopClass);
        var answered = new TaskCompletionSource<DicomCommandStatusType>();
        scu.Net.NActionResponseReceived += (_, e) => answered.TrySetResult(e.Status);

        scu.Net.SendNActionRequest(Context, 1, SopClass, Instance, 1, null).ThrowIfFailed();

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, await answered.Task.WithTimeout());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public async Task NAction_TypeThatDoesNotFit_IsAParameterError(int action)
    {
        using var pair = await AssociatedAsync();

        var result = pair.Scu.SendNActionRequest(Context, 5, SopClass, Instance, action, null);

        Assert.Equal(DicomExceptionCode.Parameter, result.Code);
        Assert.Contains("0 to 65535", result.Message, StringComparison.Ordinal);
    }
}
