using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Services.ServicePair;

namespace Dicom.Net.Tests.Services;

/// <summary>C-FIND, C-GET and C-MOVE through the facade: what one side says is what the other is told.</summary>
public sealed class DimseCTests
{
    [Fact]
    public async Task CFind_AnsweredWithMatches_TellsEachAndTheEnd()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCFindRequest(Context, 7, SopClass, DicomCommandPriorityType.High, Saying("D*")).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomCFindRequestEventArgs>();
        Assert.Equal((Context, 7, SopClass, DicomCommandPriorityType.High), (request.PresentationID, request.MessageID, request.AffectedClass, request.Priority));
        Assert.Equal("D*", request.DataSet!.GetString(DicomTag.PatientName));
        request.Respond(DicomCommandStatusType.Pending, Saying("Doe")).ThrowIfFailed();
        request.Respond(DicomCommandStatusType.PendingWarning, Saying("Dee")).ThrowIfFailed();
        request.Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        Assert.Equal((DicomCommandStatusType.Pending, "Doe"), ((await pair.ResponseAsync<DicomCFindResponseEventArgs>()).Status, pair.Text));
        Assert.Equal(
            (DicomCommandStatusType.PendingWarning, "Dee"), ((await pair.ResponseAsync<DicomCFindResponseEventArgs>()).Status, pair.Text));
        var last = await pair.ResponseAsync<DicomCFindResponseEventArgs>();
        Assert.Equal((Context, 7, SopClass, DicomCommandStatusType.Success), (last.PresentationID, last.MessageID, last.AffectedClass, last.Status));
        Assert.Null(pair.Text);
    }

    [Theory]
    [InlineData(DicomCommandStatusType.Pending, false)]
    [InlineData(DicomCommandStatusType.Success, true)]
    public async Task CFindResponse_IdentifierAgainstTheStatus_IsAParameterErrorAndMayBeTriedAgain(DicomCommandStatusType status, bool hasMatch)
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCFindRequest(Context, 1, SopClass, DicomCommandPriorityType.Medium, Saying("*")).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomCFindRequestEventArgs>();

        Assert.Equal(DicomExceptionCode.Parameter, request.Respond(status, hasMatch ? Saying("Doe") : null).Code);

        request.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        await pair.ResponseAsync<DicomCFindResponseEventArgs>();
    }

    [Fact]
    public async Task CGet_WithProgressAndFailures_TellsTheCounts()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCGetRequest(Context, 3, SopClass, DicomCommandPriorityType.Low, Saying("x")).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomCGetRequestEventArgs>();
        Assert.Equal((DicomCommandPriorityType.Low, "x"), (request.Priority, request.DataSet!.GetString(DicomTag.PatientName)));

        request.Respond(DicomCommandStatusType.Pending, remaining: 2, completed: 1, failed: 0, warning: 0).ThrowIfFailed();
        request.Respond(DicomCommandStatusType.CoercionOfDataElements, 0, completed: 1, failed: 1, warning: 1, Saying("failed")).ThrowIfFailed();

        var progress = await pair.ResponseAsync<DicomCGetResponseEventArgs>();
        Assert.Equal((2, 1, 0, 0), (progress.Remaining, progress.Completed, progress.Failed, progress.Warning));
        var last = await pair.ResponseAsync<DicomCGetResponseEventArgs>();
        Assert.Equal((0, 1, 1, 1), (last.Remaining, last.Completed, last.Failed, last.Warning));
        Assert.Equal("failed", pair.Text);
    }

    [Fact]
    public async Task CMove_Point56FinalResponse_HasNoRemainingCountAndCountsSaturate()
    {
        using var pair = await AssociatedAsync();
        var hasRemaining = new List<bool>(); // Told before the events that the test awaits.
        pair.Scu.DataReceived += (_, e) => hasRemaining.Add(e.CommandSet.Contains(DicomTag.FromUInt32(0x0000_1020)));
        pair.Scu.SendCMoveRequest(Context, 3, SopClass, DicomCommandPriorityType.Medium, "ELSEWHERE", Saying("x")).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomCMoveRequestEventArgs>();
        Assert.Equal("ELSEWHERE", request.MoveAE);

        request.Respond(DicomCommandStatusType.Pending, 100_000, 1, 0, 0).ThrowIfFailed();
        request.Respond(DicomCommandStatusType.UnableToPerformSubOperations, 5, 0, failed: 70_000, 0).ThrowIfFailed();

        Assert.Equal(65535, (await pair.ResponseAsync<DicomCMoveResponseEventArgs>()).Remaining);
        var last = await pair.ResponseAsync<DicomCMoveResponseEventArgs>();
        Assert.Equal((0, 0, 65535, 0), (last.Remaining, last.Completed, last.Failed, last.Warning));
        Assert.Equal([true, false], hasRemaining);
    }

    [Fact]
    public async Task CStore_OfAMove_Point58NamesTheOriginatorAndItsMessageId()
    {
        using var pair = await AssociatedAsync();

        pair.Scu.SendCStoreRequest(
            Context, 9, SopClass, Instance, DicomCommandPriorityType.Medium, "MOVER", 4711, Saying("x")).ThrowIfFailed();

        var request = await pair.RequestAsync<DicomCStoreRequestEventArgs>();
        Assert.Equal(("MOVER", 4711, 9), (request.MoveAE, request.MoveMessageID, request.MessageID));
        request.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        Assert.Equal(Instance, (await pair.ResponseAsync<DicomCStoreResponseEventArgs>()).Instance);
    }

    [Fact]
    public async Task CFind_NobodyAnswers_IsSopClassNotSupported()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, SopClass);
        var answered = new TaskCompletionSource<DicomCommandStatusType>();
        scu.Net.CFindResponseReceived += (_, e) => answered.TrySetResult(e.Status);

        scu.Net.SendCFindRequest(Context, 1, SopClass, DicomCommandPriorityType.Medium, Saying("x")).ThrowIfFailed();

        Assert.Equal(DicomCommandStatusType.SopClassNotSupported, await answered.Task.WithTimeout());
    }
}
