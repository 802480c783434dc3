using static Dicom.Net.Tests.Services.ServicePair;

namespace Dicom.Net.Tests.Services;

public sealed class StatusDetailTests
{
    [Fact]
    public async Task Respond_Point59LongErrorComment_IsCutAndTold()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomCEchoRequestEventArgs>();

        request.Respond(
            DicomCommandStatusType.ProcessingFailure,
            new() { ErrorComment = new string('x', 500), ErrorID = 7, OffendingElements = [0x0010_0010] }).ThrowIfFailed();

        var detail = (await pair.ResponseAsync<DicomCEchoResponseEventArgs>()).Detail;
        Assert.Equal(new string('x', 64), detail.ErrorComment);
        Assert.Equal(7, detail.ErrorID);
        Assert.Equal([0x0010_0010], detail.OffendingElements);
    }

    [Fact]
    public async Task Respond_ErrorIdThatDoesNotFit_IsAParameterErrorAndMayBeTriedAgain()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomCEchoRequestEventArgs>();

        Assert.Equal(DicomExceptionCode.Parameter, request.Respond(DicomCommandStatusType.Success, new() { ErrorID = 65536 }).Code);
        Assert.Equal(DicomExceptionCode.Parameter, request.Respond(DicomCommandStatusType.Success, new() { OffendingElements = [-1] }).Code);

        request.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        Assert.Same(DicomStatusDetail.None, (await pair.ResponseAsync<DicomCEchoResponseEventArgs>()).Detail);
    }

    [Fact]
    public async Task OnBeforeSendCommandSet_AddsAnElement_IsSentWithIt()
    {
        using var pair = await AssociatedAsync();
        pair.Scp.CommandSetSending += (_, e) => e.CommandSet.Set(DicomTag.FromUInt32(0x0000_0902), "by hand");
        pair.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();

        (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).Respond(DicomCommandStatusType.ProcessingFailure).ThrowIfFailed();

        Assert.Equal("by hand", (await pair.ResponseAsync<DicomCEchoResponseEventArgs>()).Detail.ErrorComment);
    }

    [Fact]
    public async Task OnBeforeSendCommandSet_Throws_IsSentAsItWas()
    {
        using var pair = await AssociatedAsync();
        pair.Scp.CommandSetSending += (_, e) =>
        {
            e.CommandSet.Set(DicomTag.FromUInt32(0x0000_0902), "half done");
            throw new InvalidOperationException("The test's.");
        };
        pair.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();

        (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        Assert.Same(DicomStatusDetail.None, (await pair.ResponseAsync<DicomCEchoResponseEventArgs>()).Detail);
    }
}
